#include "search/byte_rows.hpp"

#include <algorithm>
#include <array>

#include "search/dot_products.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kCacheLine = 64, kAhead = 4;  // rows

}  // namespace

// What a call that threw has left behind is written over.
void ByteRows::add(View row) {
    if (chunks_.size() == size() / kChunk) chunks_.emplace_back();
    auto& chunk = chunks_.back();
    if (size() >= kChunk) chunk.reserve(kChunk * dims_);
    chunk.resize(size() % kChunk * dims_);
    chunk.insert(chunk.end(), row.codes, row.codes + dims_);
    scales_.push_back(row.scale);
}

float ByteRows::compare(View vector, Row row) const {
    std::int32_t product = 0;
    const View other = (*this)[row];
    dot_products()(vector.codes, other.codes, dims_, 1, &product);
    return static_cast<float>(product) * other.scale * vector.scale;
}

// Rows that are far from one another come from memory one cache line at a time, unless they are asked for in advance.
void ByteRows::compare(View vector, std::span<const Row> rows, float* out) const {
    const auto ask_for = [this](Row row) {
        const std::int8_t* const codes = (*this)[row].codes;
        for (std::size_t at = 0; at < dims_; at += kCacheLine) __builtin_prefetch(codes + at);
    };
    for (std::size_t i = 0; i < std::min(kAhead, rows.size()); ++i) ask_for(rows[i]);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + kAhead < rows.size()) ask_for(rows[i + kAhead]);
        out[i] = compare(vector, rows[i]);
    }
}

std::size_t ByteRows::compare_chunk(View vector, std::size_t begin, std::span<float, kChunk> out) const {
    const std::size_t count = std::min(kChunk - begin % kChunk, size() - begin);
    std::array<std::int32_t, kChunk> products;
    dot_products()(vector.codes, (*this)[begin].codes, dims_, count, products.data());
    static_assert(Column<float>::kChunk % kChunk == 0);
    const float* const scales = scales_.from(begin);
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<float>(products[i]) * scales[i] * vector.scale;
    return count;
}

}  // namespace engram::search
