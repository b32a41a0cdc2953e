// What entries mean, as vectors of one model: in bytes, a few for each entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "search/column.hpp"
#include "search/postings.hpp"

namespace engram::search {

// A vector of length 1 in bytes: component = code × scale. Behind the model's dimensions zeros, up to a multiple of
// kDimsStep.
struct ByteVector {
    std::vector<std::int8_t> codes;
    float scale = 0;
};
ByteVector to_bytes(std::span<const float> vector);

// Readers side by side, or one writer. What an entry had before stays as dead rows, until the index is copied.
class Vectors {
public:
    Vectors(std::pmr::memory_resource* memory, std::size_t dims);

    std::size_t dims() const { return dims_; }
    std::size_t entry_count() const { return entry_count_; }  // that have any

    // The entry's vectors, one for each of its passages, instead of those it had.
    void put(Doc doc, std::span<const std::vector<float>> passages);
    // Those of an entry are another's from now on; or nobody's.
    void move(Doc from, Doc to);
    void remove(Doc doc);
    // As `doc` of another with as many dimensions has them.
    void copy(const Vectors& other, Doc doc, Doc to);

    // out[doc]: the cosine of the entry's best passage with `vector`; kNone where the entry has no vector. Reads all of
    // them.
    static constexpr float kNone = -2;
    void compare(std::span<const float> vector, std::span<float> out) const;

private:
    struct Rows {
        std::uint32_t first = 0, count = 0;
    };

    Rows& rows_of(Doc doc);
    Rows find_rows(Doc doc) const { return doc < rows_.size() ? rows_[doc] : Rows{}; }
    void add_row(Doc doc, const std::int8_t* codes, float scale);
    const std::int8_t* codes_of(std::size_t row) const { return chunks_[row / kChunk].data() + row % kChunk * stride_; }

    static constexpr std::size_t kChunk = 512;  // rows
    static constexpr Doc kNobody = ~Doc{0};

    std::size_t dims_, stride_;
    std::pmr::vector<std::pmr::vector<std::int8_t>> chunks_;
    Column<float> scales_;
    Column<Doc> owners_;
    Column<Rows> rows_;  // by entry
    std::size_t entry_count_ = 0;
};

}  // namespace engram::search
