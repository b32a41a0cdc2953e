#include "search/arena.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory_resource>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "search/index_fixture.hpp"
#include "search/registry.hpp"

namespace engram::search {
namespace {

// Looks at memory as it comes back: has it been wiped?
class Inspector final : public std::pmr::memory_resource {
public:
    std::size_t dirty = 0, returned = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override {
        const auto* at = static_cast<const unsigned char*>(place);
        for (std::size_t i = 0; i < bytes; ++i) dirty += at[i] != 0 ? 1 : 0;
        returned += bytes;
        std::pmr::new_delete_resource()->deallocate(place, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

TEST(Pool, GivesBlocksThatDoNotOverlapAndUsesThemAgain) {
    Inspector inspector;
    WipingMemory wiping(&inspector);
    {
        Pool pool(&wiping);
        std::vector<std::pair<unsigned char*, std::size_t>> blocks;
        for (std::size_t round = 0; round < 3; ++round) {
            for (std::size_t bytes = 0; bytes < 5000; bytes += bytes < 300 ? 1 : 97) {
                auto* const place = static_cast<unsigned char*>(pool.allocate(bytes, 8));
                EXPECT_EQ(reinterpret_cast<std::uintptr_t>(place) % 8, 0U);
                std::fill_n(place, bytes, static_cast<unsigned char>(bytes));
                blocks.emplace_back(place, bytes);
            }
        }
        for (const auto& [place, bytes] : blocks) {
            const auto other = static_cast<unsigned char>(bytes);
            EXPECT_TRUE(std::all_of(place, place + bytes, [&](unsigned char byte) { return byte == other; })) << bytes;
            pool.deallocate(place, bytes, 8);
        }
        const std::size_t held = wiping.bytes();
        std::set<void*> first, again;
        for (const auto& [place, bytes] : blocks)
            if (bytes <= 4096) first.insert(place);
        for (const auto& [place, bytes] : blocks) {
            if (bytes <= 4096) again.insert(pool.allocate(bytes, 8));
        }
        EXPECT_EQ(again, first);
        EXPECT_EQ(wiping.bytes(), held);
    }
    EXPECT_EQ(wiping.bytes(), 0U);
    EXPECT_EQ(inspector.dirty, 0U);
}

TEST(Arena, WipesWhatItHeld) {
    Inspector inspector;
    {
        Registry registry(1 << 20, &inspector);
        FakeFeed feed;
        for (std::uint32_t i = 1; i < 200; ++i) feed.put(i, "secret words of many kinds " + std::to_string(i));
        registry.get(id_of(1))->search(1, 1, feed.feed(), {});
        EXPECT_GT(registry.get(id_of(1))->bytes(), 10'000U);
        registry.drop(id_of(1));
        EXPECT_GT(inspector.returned, 10'000U);
    }
    EXPECT_EQ(inspector.dirty, 0U);
}

}  // namespace
}  // namespace engram::search
