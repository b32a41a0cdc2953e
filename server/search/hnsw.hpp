// Which rows are nearest to a vector, without reading all: a graph.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <span>
#include <vector>

#include "search/byte_rows.hpp"
#include "search/column.hpp"

namespace engram::search {

// Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable Small
// World graphs" (2016). Over rows that it is given with each call and has no copy of. The same rows make the same
// graph. Readers side by side, or one writer.
class Hnsw {
public:
    using Row = ByteRows::Row;
    struct Near {
        float likeness = 0;  // the dot product
        Row row = 0;
    };
    // What the links of a row, and of those it is linked with, shall be.
    struct Plan {
        struct Links {
            Row row = 0;
            std::size_t layer = 0;
            std::vector<Row> to;
        };
        std::size_t layers = 0;  // that the row stands in; 0: it is left out
        std::vector<Links> links;
    };

    explicit Hnsw(std::pmr::memory_resource* memory) : ground_(memory), upper_(memory), towers_(memory) {}

    // Rows that were taken in, or left out. Each is in its turn: the next is row size().
    std::size_t size() const { return towers_.size(); }

    // To take in the next row. Finding out takes some hundred µs and only reads; inserting takes few, and the plan must
    // have been made for the graph as it is; where it throws nothing has changed.
    Plan plan(const ByteRows& rows) const;
    void insert(const Plan& plan);

    // The nearest of those for which is_wanted(row), nearest first; the others are way-points all the same. The larger
    // `breadth`, at least `count`, the fewer are missed, and the longer it takes.
    using IsWanted = std::function<bool(Row)>;
    std::vector<Near> search(const ByteRows& rows, ByteRows::View vector, std::size_t breadth, std::size_t count,
                             const IsWanted& is_wanted) const;

private:
    static constexpr std::size_t kLinksMax = 16, kGroundLinksMax = 2 * kLinksMax;  // M
    static constexpr std::size_t kPlanBreadth = 100;                               // efConstruction

    template <std::size_t Max>
    struct LinkList {
        std::uint32_t count = 0;
        std::array<Row, Max> rows;
    };

    class Walk;
    static std::size_t layers_of(Row row);
    static std::size_t links_max(std::size_t layer) { return layer == 0 ? kGroundLinksMax : kLinksMax; }
    std::span<const Row> links(Row row, std::size_t layer) const;
    Near descend(const ByteRows& rows, ByteRows::View vector, std::size_t to_layer) const;
    std::vector<Row> links_with(const ByteRows& rows, Row row, Row added, std::size_t layer) const;

    Column<LinkList<kGroundLinksMax>> ground_;
    Column<LinkList<kLinksMax>> upper_;  // those of a row in layers 1, 2 ... one behind the other
    Column<std::uint32_t> towers_;       // by row: where they begin there
    Row entry_ = 0;                      // a row of the highest layer
    std::size_t layers_ = 0;
};

}  // namespace engram::search
