// Vectors in bytes, one row behind the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "search/column.hpp"

namespace engram::search {

// Readers side by side, or one writer.
class ByteRows {
public:
    using Row = std::uint32_t;
    struct View {
        const std::int8_t* codes = nullptr;  // component = code × scale
        float scale = 0;
    };
    static constexpr std::size_t kChunk = 512;  // rows that stand in one piece

    // `dims` is a multiple of kDimsStep.
    ByteRows(std::pmr::memory_resource* memory, std::size_t dims) : dims_(dims), chunks_(memory), scales_(memory) {}

    std::size_t size() const { return scales_.size(); }
    std::size_t dims() const { return dims_; }
    void add(View row);  // where it throws nothing has changed
    View operator[](std::size_t row) const {
        return {chunks_[row / kChunk].data() + row % kChunk * dims_, scales_[row]};
    }

    float compare(View vector, Row row) const;

    // out[i]: the dot product of the vector with rows[i].
    void compare(View vector, std::span<const Row> rows, float* out) const;

    // Those of the rows from `begin` to the end of its chunk, in order; how many they are.
    std::size_t compare_chunk(View vector, std::size_t begin, std::span<float, kChunk> out) const;

private:
    std::size_t dims_;
    std::pmr::vector<std::pmr::vector<std::int8_t>> chunks_;
    Column<float> scales_;
};

}  // namespace engram::search
