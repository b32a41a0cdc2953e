#include "search/arena.hpp"

#include <string.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>

namespace engram::search {

namespace {

constexpr std::size_t kAlignment = 8;
constexpr std::size_t kFineBytesMax = 128;
constexpr std::size_t kPooledBytesMax = 4096;
constexpr std::size_t kChunkBytesMax = std::size_t{64} << 10;

bool is_pooled(std::size_t bytes, std::size_t alignment) { return bytes <= kPooledBytesMax && alignment <= kAlignment; }

// Vectors double, so their sizes fit powers of two; nodes of maps need the steps of 8.
std::size_t size_class(std::size_t bytes) {
    if (bytes <= kFineBytesMax) return bytes == 0 ? 0 : (bytes - 1) / kAlignment;
    return kFineBytesMax / kAlignment + static_cast<std::size_t>(std::bit_width(bytes - 1)) - 8;
}

std::size_t block_bytes_of(std::size_t size) {
    constexpr std::size_t kFineCount = kFineBytesMax / kAlignment;
    return size < kFineCount ? (size + 1) * kAlignment : kFineBytesMax * 2 << (size - kFineCount);
}

}  // namespace

void* WipingMemory::do_allocate(std::size_t bytes, std::size_t alignment) {
    void* place = upstream_->allocate(bytes, alignment);
    bytes_ += bytes;
    return place;
}

void WipingMemory::do_deallocate(void* place, std::size_t bytes, std::size_t alignment) {
    explicit_bzero(place, bytes);  // memset before a free may be optimised away
    bytes_ -= bytes;
    upstream_->deallocate(place, bytes, alignment);
}

Pool::~Pool() {
    while (chunks_ != nullptr) {
        Chunk* const chunk = chunks_;
        chunks_ = chunk->next;
        upstream_->deallocate(chunk, chunk->bytes, kAlignment);
    }
}

void* Pool::do_allocate(std::size_t bytes, std::size_t alignment) {
    if (!is_pooled(bytes, alignment)) return upstream_->allocate(bytes, alignment);
    const std::size_t size = size_class(bytes);
    if (FreeBlock* const block = free_blocks_[size]; block != nullptr) {
        free_blocks_[size] = block->next;
        return block;
    }
    const std::size_t block_bytes = block_bytes_of(size);
    if (free_bytes_ < block_bytes) add_chunk(block_bytes);
    std::byte* const block = free_;
    free_ += block_bytes;
    free_bytes_ -= block_bytes;
    return block;
}

void Pool::do_deallocate(void* place, std::size_t bytes, std::size_t alignment) {
    if (!is_pooled(bytes, alignment)) return upstream_->deallocate(place, bytes, alignment);
    const std::size_t size = size_class(bytes);
    free_blocks_[size] = std::construct_at(static_cast<FreeBlock*>(place), FreeBlock{free_blocks_[size]});
}

void Pool::add_chunk(std::size_t block_bytes) {
    const std::size_t bytes = std::max(chunk_bytes_, sizeof(Chunk) + block_bytes);
    void* const place = upstream_->allocate(bytes, kAlignment);
    chunks_ = std::construct_at(static_cast<Chunk*>(place), Chunk{chunks_, bytes});
    free_ = static_cast<std::byte*>(place) + sizeof(Chunk);
    free_bytes_ = bytes - sizeof(Chunk);
    chunk_bytes_ = std::min(chunk_bytes_ * 2, kChunkBytesMax);
}

}  // namespace engram::search
