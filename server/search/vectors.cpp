#include "search/vectors.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "search/dot_products.hpp"

namespace engram::search {

ByteVector to_bytes(std::span<const float> vector) {
    constexpr float kHighest = 127;
    float highest = 0;
    for (const float value : vector) highest = std::max(highest, std::abs(value));
    ByteVector bytes;
    bytes.codes.resize((vector.size() + kDimsStep - 1) / kDimsStep * kDimsStep);
    if (highest == 0) return bytes;
    bytes.scale = highest / kHighest;
    for (std::size_t i = 0; i < vector.size(); ++i)
        bytes.codes[i] = static_cast<std::int8_t>(std::lround(vector[i] / bytes.scale));
    return bytes;
}

Vectors::Vectors(std::pmr::memory_resource* memory, std::size_t dims)
    : dims_(dims),
      stride_((dims + kDimsStep - 1) / kDimsStep * kDimsStep),
      chunks_(memory),
      scales_(memory),
      owners_(memory),
      rows_(memory) {}

Vectors::Rows& Vectors::rows_of(Doc doc) {
    while (rows_.size() <= doc) rows_.push_back({});
    return rows_[doc];
}

void Vectors::add_row(Doc doc, const std::int8_t* codes, float scale) {
    if (owners_.size() % kChunk == 0) {
        chunks_.emplace_back();
        if (owners_.size() > 0) chunks_.back().reserve(kChunk * stride_);
    }
    chunks_.back().insert(chunks_.back().end(), codes, codes + stride_);
    scales_.push_back(scale);
    owners_.push_back(doc);
}

void Vectors::put(Doc doc, std::span<const std::vector<float>> passages) {
    remove(doc);
    if (passages.empty()) return;
    const auto first = static_cast<std::uint32_t>(owners_.size());
    for (const std::vector<float>& passage : passages) {
        const ByteVector bytes = to_bytes(passage);
        add_row(doc, bytes.codes.data(), bytes.scale);
    }
    rows_of(doc) = {first, static_cast<std::uint32_t>(passages.size())};
    ++entry_count_;
}

void Vectors::move(Doc from, Doc to) {
    const Rows rows = find_rows(from);
    if (rows.count == 0) return;
    for (std::uint32_t i = 0; i < rows.count; ++i) owners_[rows.first + i] = to;
    rows_of(to) = rows;
    rows_[from] = {};
}

void Vectors::remove(Doc doc) {
    const Rows rows = find_rows(doc);
    if (rows.count == 0) return;
    for (std::uint32_t i = 0; i < rows.count; ++i) owners_[rows.first + i] = kNobody;
    rows_[doc] = {};
    --entry_count_;
}

void Vectors::copy(const Vectors& other, Doc doc, Doc to) {
    const Rows rows = other.find_rows(doc);
    if (rows.count == 0) return;
    const auto first = static_cast<std::uint32_t>(owners_.size());
    for (std::uint32_t i = 0; i < rows.count; ++i)
        add_row(to, other.codes_of(rows.first + i), other.scales_[rows.first + i]);
    rows_of(to) = {first, rows.count};
    ++entry_count_;
}

void Vectors::compare(std::span<const float> vector, std::span<float> out) const {
    std::fill(out.begin(), out.end(), kNone);
    const ByteVector query = to_bytes(vector);
    const DotProducts dot = dot_products();
    std::array<std::int32_t, kChunk> products{};
    for (std::size_t begin = 0; begin < owners_.size(); begin += kChunk) {
        const std::size_t count = std::min(kChunk, owners_.size() - begin);
        dot(query.codes.data(), codes_of(begin), stride_, count, products.data());
        for (std::size_t i = 0; i < count; ++i) {
            const Doc owner = owners_[begin + i];
            if (owner >= out.size()) continue;
            out[owner] = std::max(out[owner], static_cast<float>(products[i]) * scales_[begin + i] * query.scale);
        }
    }
}

}  // namespace engram::search
