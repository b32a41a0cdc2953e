#include "search/arena.hpp"

#include <string.h>

namespace engram::search {

namespace {
constexpr std::size_t kPooledBytesMax = 4096;
constexpr std::size_t kBlocksPerChunkMax = 1024;
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

std::pmr::pool_options Arena::pool_options() {
    return {.max_blocks_per_chunk = kBlocksPerChunkMax, .largest_required_pool_block = kPooledBytesMax};
}

}  // namespace engram::search
