// Texts as small numbers, counted up from 0. Grows in small steps: no single intern() moves more than a 64th of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include "search/column.hpp"

namespace engram::search {

// Readers side by side, or one writer.
class StringTable {
public:
    explicit StringTable(std::pmr::memory_resource* memory);

    // The number of `wanted`, given now where it is new: then it equals the size() of before.
    std::uint32_t intern(std::string_view wanted);
    std::optional<std::uint32_t> find(std::string_view wanted) const;

    std::string_view text(std::uint32_t number) const {
        const auto bytes = texts_[number];
        return {bytes.data(), bytes.size()};
    }
    std::size_t size() const { return texts_.size(); }

private:
    // Open-addressed; the upper half of a slot is the hash, the lower one the number + 1, 0 where it is free.
    struct Shard {
        using allocator_type = std::pmr::polymorphic_allocator<std::uint64_t>;
        explicit Shard(const allocator_type& memory) : slots(memory) {}
        Shard(Shard&& other, const allocator_type& memory) : slots(std::move(other.slots), memory), used(other.used) {}
        std::pmr::vector<std::uint64_t> slots;
        std::size_t used = 0;
    };
    std::size_t slot_of(const Shard& shard, std::uint32_t hash, std::string_view wanted) const;
    static void grow(Shard& shard);

    Slices<char> texts_;
    std::pmr::vector<Shard> shards_;
};

}  // namespace engram::search
