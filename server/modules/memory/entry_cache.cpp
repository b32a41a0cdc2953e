#include "modules/memory/entry_cache.hpp"

#include <algorithm>
#include <cstring>

namespace engram::memory {
namespace {

constexpr std::size_t kBytesPerChain = 512;  // about a row
constexpr std::size_t kShareOfOneRow = 16;

}  // namespace

EntryCache::EntryCache(std::size_t bytes)
    : capacity_(bytes), ring_(std::make_unique_for_overwrite<char[]>(bytes)), chains_(bytes / kBytesPerChain + 1) {}

bool EntryCache::find(const EntryKey& key, std::string& packed) {
    const std::lock_guard lock(mutex_);
    Header header;
    for (std::uint64_t place = chain_of(key); is_there(place); place = header.before) {
        std::memcpy(&header, at(place), sizeof header);
        if (header.key != key) continue;
        packed.assign(at(place) + sizeof header, header.size);
        return true;
    }
    return false;
}

void EntryCache::add(const EntryKey& key, std::string_view packed) {
    const std::size_t size = sizeof(Header) + packed.size();
    if (size > capacity_ / kShareOfOneRow) return;
    const std::lock_guard lock(mutex_);
    const std::size_t left = capacity_ - end_ % capacity_;
    if (left < size) end_ += left;  // a row is in one piece
    std::uint64_t& chain = chain_of(key);
    const Header header{.key = key, .before = chain, .size = packed.size()};
    std::memcpy(at(end_), &header, sizeof header);
    std::memcpy(at(end_) + sizeof header, packed.data(), packed.size());
    chain = end_;
    end_ += size;
}

void EntryCache::clear() {
    const std::lock_guard lock(mutex_);
    std::memset(ring_.get(), 0, std::min<std::uint64_t>(end_, capacity_));
    std::ranges::fill(chains_, 0);
    end_ = 1;
}

}  // namespace engram::memory
