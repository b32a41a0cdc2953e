#include "search/string_table.hpp"

#include <functional>

namespace engram::search {
namespace {

constexpr std::size_t kShards = 64, kSlotsMin = 8;

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }
std::size_t shard_of(std::uint64_t hash) { return hash >> 58; }
std::uint32_t low_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }
std::uint32_t number_of(std::uint64_t slot) { return static_cast<std::uint32_t>(slot) - 1; }

}  // namespace

StringTable::StringTable(std::pmr::memory_resource* memory) : texts_(memory), shards_(memory) {
    shards_.reserve(kShards);
    for (std::size_t i = 0; i < kShards; ++i) shards_.emplace_back();
}

// The slot that holds `text`, or the free one where it would go.
std::size_t StringTable::slot_of(const Shard& shard, std::uint32_t hash, std::string_view wanted) const {
    const std::size_t mask = shard.slots.size() - 1;
    std::size_t slot = hash & mask;
    for (; shard.slots[slot] != 0; slot = (slot + 1) & mask)
        if (shard.slots[slot] >> 32 == hash && text(number_of(shard.slots[slot])) == wanted) break;
    return slot;
}

std::optional<std::uint32_t> StringTable::find(std::string_view wanted) const {
    const std::uint64_t hash = hash_of(wanted);
    const Shard& shard = shards_[shard_of(hash)];
    if (shard.slots.empty()) return std::nullopt;
    const std::uint64_t held = shard.slots[slot_of(shard, low_of(hash), wanted)];
    return held == 0 ? std::nullopt : std::optional(number_of(held));
}

std::uint32_t StringTable::intern(std::string_view wanted) {
    const std::uint64_t hash = hash_of(wanted);
    Shard& shard = shards_[shard_of(hash)];
    if ((shard.used + 1) * 3 > shard.slots.size() * 2) grow(shard);
    const std::size_t slot = slot_of(shard, low_of(hash), wanted);
    if (shard.slots[slot] != 0) return number_of(shard.slots[slot]);
    const auto number = static_cast<std::uint32_t>(size());
    texts_.push_back(std::span(wanted));
    shard.slots[slot] = std::uint64_t{low_of(hash)} << 32 | (number + 1);
    ++shard.used;
    return number;
}

void StringTable::grow(Shard& shard) {
    std::pmr::vector<std::uint64_t> wider(shard.slots.empty() ? kSlotsMin : shard.slots.size() * 2, 0,
                                          shard.slots.get_allocator());
    const std::size_t mask = wider.size() - 1;
    for (const std::uint64_t held : shard.slots) {
        if (held == 0) continue;
        std::size_t slot = (held >> 32) & mask;
        while (wider[slot] != 0) slot = (slot + 1) & mask;
        wider[slot] = held;
    }
    shard.slots.swap(wider);
}

}  // namespace engram::search
