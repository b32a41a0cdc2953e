// Columns that grow chunk by chunk: what they hold never moves, so that one more value costs as little as the last did.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <utility>
#include <vector>

namespace engram::search {

// Readers side by side, or one writer. The first chunk grows as a vector does, for the many small indexes.
template <class T>
class Column {
public:
    static constexpr std::size_t kChunk = 1024;  // values; a multiple of 64

    explicit Column(std::pmr::memory_resource* memory) : chunks_(memory) {}

    void push_back(T value) {
        if (size_ % kChunk == 0) {
            chunks_.emplace_back();
            if (size_ > 0) chunks_.back().reserve(kChunk);
        }
        chunks_.back().push_back(std::move(value));
        ++size_;
    }

    std::size_t size() const { return size_; }
    T& operator[](std::size_t at) { return chunks_[at / kChunk][at % kChunk]; }
    const T& operator[](std::size_t at) const { return chunks_[at / kChunk][at % kChunk]; }

    // Of the value and those after it up to the next multiple of kChunk.
    const T* from(std::size_t at) const { return chunks_[at / kChunk].data() + at % kChunk; }

private:
    std::pmr::vector<std::pmr::vector<T>> chunks_;
    std::size_t size_ = 0;
};

// Lists of values, each in one piece. Readers side by side, or one writer.
template <class T>
class Slices {
public:
    explicit Slices(std::pmr::memory_resource* memory) : slices_(memory), chunks_(memory) {}

    void push_back(std::span<const T> values) {
        if (chunks_.empty() || chunks_.back().capacity() - chunks_.back().size() < values.size()) {
            chunks_.emplace_back();
            chunks_.back().reserve(std::max(next_chunk_, values.size()));
            next_chunk_ = std::min(next_chunk_ * 2, kChunkMax);
        }
        auto& chunk = chunks_.back();
        const T* const begin = chunk.data() + chunk.size();
        chunk.insert(chunk.end(), values.begin(), values.end());
        slices_.push_back({begin, static_cast<std::uint32_t>(values.size())});
    }

    std::size_t size() const { return slices_.size(); }
    std::span<const T> operator[](std::size_t at) const { return {slices_[at].begin, slices_[at].size}; }

private:
    static constexpr std::size_t kChunkMin = 64, kChunkMax = 16'384;
    struct Slice {
        const T* begin = nullptr;
        std::uint32_t size = 0;
    };

    Column<Slice> slices_;
    std::pmr::vector<std::pmr::vector<T>> chunks_;  // never beyond what was reserved: the slices look into them
    std::size_t next_chunk_ = kChunkMin;
};

}  // namespace engram::search
