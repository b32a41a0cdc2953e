// What entries mean, as vectors of one model: in bytes, a few for each entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

#include "search/byte_rows.hpp"
#include "search/column.hpp"
#include "search/hnsw.hpp"
#include "search/postings.hpp"

namespace engram::search {

// A vector of length 1 in bytes: component = code × scale. Behind the model's dimensions zeros, up to a multiple of
// kDimsStep.
struct ByteVector {
    std::vector<std::int8_t> codes;
    float scale = 0;
};
ByteVector to_bytes(std::span<const float> vector);

// What the cosines of all entries are like; of many entries by a sample.
struct Background {
    double count = 0, mean = 0, variance = 0;
};

// Readers side by side, or one writer. What an entry had before stays as dead rows, until the index is copied.
class Vectors {
public:
    // Up to so many rows all of them are read; docs/adr/0021-exact-up-to-200000-passages.md.
    static constexpr std::size_t kExactMax = 200'000;

    Vectors(std::pmr::memory_resource* memory, std::size_t dims, std::size_t exact_max = kExactMax);

    std::size_t dims() const { return dims_; }
    std::size_t entry_count() const { return entry_count_; }  // that have any

    // The entry's vectors, one for each of its passages, instead of those it had. Told again they change nothing.
    void put(Doc doc, std::span<const std::vector<float>> passages);
    // Those of an entry are another's from now on; or nobody's.
    void move(Doc from, Doc to);
    void remove(Doc doc);
    // As `doc` of another with as many dimensions has them.
    void copy(const Vectors& other, Doc doc, Doc to);

    // More rows than exact_max are searched by a graph once it has taken in so many; those after them are read. Row by
    // row: as a reader, plan() some hundred µs, as the writer, grow() few, with no other change between the two. For a
    // lag of 0 there is nothing to plan.
    std::size_t graph_lag() const;
    Hnsw::Plan plan() const;
    void grow(const Hnsw::Plan& plan) { graph_.insert(plan); }

    // The mean of all passages of all entries; 0 where there are none.
    std::vector<float> mean() const;

    // Whether compare() reads all rows.
    bool is_exact() const { return bytes_.size() <= exact_max_ || graph_.size() < exact_max_; }

    // out[doc]: the cosine of the entry's best passage with `vector`; kNone where the entry has no vector, and, unless
    // is_exact(), where it is neither among the nearest nor in the sample.
    static constexpr float kNone = -2;
    Background compare(std::span<const float> vector, std::span<float> out) const;
    Background compare_all(std::span<const float> vector, std::span<float> out) const;

    // Which of an entry's passages is the nearest; nothing where it has not several.
    std::optional<std::size_t> nearest_passage(std::span<const float> vector, Doc doc) const;

    // out[doc] for these entries. Those of sample(n) stand for all below n: they are spread evenly.
    void compare_some(std::span<const float> vector, std::span<const Doc> docs, std::span<float> out) const;
    static std::vector<Doc> sample(std::size_t doc_count);

private:
    struct Rows {
        std::uint32_t first = 0, count = 0;
    };

    Rows& rows_of(Doc doc);
    Rows find_rows(Doc doc) const { return doc < rows_.size() ? rows_[doc] : Rows{}; }
    bool holds(Doc doc, std::span<const ByteVector> vectors) const;
    void add_row(ByteRows::View row);
    void own(Doc doc, Rows rows);
    void add_to_sum(Rows rows, double times);
    void read_rows(ByteRows::View query, std::size_t begin, std::span<float> out) const;
    void read_entries(ByteRows::View query, std::span<const Doc> docs, std::span<float> out) const;

    static constexpr Doc kNobody = ~Doc{0};

    std::size_t dims_, exact_max_;
    ByteRows bytes_;
    Column<Doc> owners_;  // by row
    Column<Rows> rows_;   // by entry
    std::size_t entry_count_ = 0;
    std::pmr::vector<double> sum_;  // of the rows that entries own, and how many they are
    double summed_ = 0;
    Hnsw graph_;
};

// Of those that are not kNone; of those at some places.
Background background_of(std::span<const float> cosines);
Background background_of(std::span<const float> cosines, std::span<const std::uint32_t> places);

}  // namespace engram::search
