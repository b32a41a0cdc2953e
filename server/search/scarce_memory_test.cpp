#include <gtest/gtest.h>

#include <memory_resource>
#include <new>
#include <string>

#include "search/index_fixture.hpp"
#include "search/live_index.hpp"

namespace engram::search {
namespace {

// Memory that ends once, after so many allocations.
class EndingMemory final : public std::pmr::memory_resource {
public:
    int left = -1;  // -1: without end

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        const bool ended = left == 0;
        if (left >= 0) --left;
        if (ended) throw std::bad_alloc();
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override {
        std::pmr::new_delete_resource()->deallocate(place, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

// Texts with words of their own, tags and accents, so that every column and table grows.
void put_many(FakeFeed& feed, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
        const std::string number = std::to_string(i);
        ports::IndexChange change = change_of(i, 0, i % 3 == 0 ? "ben tea" : "anna tea");
        change.text.append(" été").append(number).append(" word").append(number);
        change.created_at = day(static_cast<int>(i));
        change.marks = {"tag" + number, "any"};
        change.category = "category" + number;
        feed.put(change);
    }
}

void expect_same(LiveIndex& index, LiveIndex& fresh, FakeFeed& feed) {
    for (const char* text : {"tea", "anna", "ben tea", "word7", "ete180", "été181 anna"}) {
        const auto left = index.search(1, feed.revision(), feed.feed(), query_for(text));
        const auto right = fresh.search(1, feed.revision(), feed.feed(), query_for(text));
        EXPECT_EQ(left.total, right.total) << text;
        EXPECT_EQ(numbers_of(left), numbers_of(right)) << text;
    }
}

// Searches until memory suffices, each time with one allocation more; how often it did not.
int count_failures(FakeFeed& before, FakeFeed& after) {
    LiveIndex fresh(std::pmr::new_delete_resource());
    for (int allocations = 0;; ++allocations) {
        EndingMemory memory;
        LiveIndex index(&memory);
        if (before.revision() > 0) index.search(1, before.revision(), before.feed(), {});
        memory.left = allocations;
        try {
            index.search(1, after.revision(), after.feed(), {});
            return allocations;
        } catch (const std::bad_alloc&) {
            memory.left = -1;
        }
        expect_same(index, fresh, after);
        EXPECT_GT(index.bytes(), 0U);
    }
}

// Memory is taken in chunks; the number of entries shifts which column or table meets the end of one.
TEST(ScarceMemory, StartsOverAfterMemoryEndedAmidTheChanges) {
    int failures = 0;
    for (std::uint32_t entries = 50; entries < 150; ++entries) {
        FakeFeed before, after;
        put_many(before, 1, entries);
        put_many(after, 1, entries);
        put_many(after, entries / 2, 300);
        for (std::uint32_t i = 1; i < 200; ++i) after.remove(i);
        failures += count_failures(before, after);
    }
    EXPECT_GT(failures, 100);
}

TEST(ScarceMemory, BuildsAgainAfterMemoryEndedInTheFirstBuild) {
    int failures = 0;
    for (std::uint32_t entries = 180; entries < 200; ++entries) {
        FakeFeed nothing, feed;
        put_many(feed, 1, entries);
        failures += count_failures(nothing, feed);
    }
    EXPECT_GT(failures, 100);
}

}  // namespace
}  // namespace engram::search
