#include "search/live_index.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <memory_resource>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/thread.hpp"
#include "search/arena.hpp"
#include "search/index_fixture.hpp"
#include "search/registry.hpp"

namespace engram::search {
namespace {

ports::IndexQuery query_for(std::string text) {
    ports::IndexQuery query;
    query.text = std::move(text);
    return query;
}

TEST(LiveIndex, AnswersReadersBesideAWriter) {
    constexpr int kReaders = 8, kChanges = 400;
    LiveIndex index(std::pmr::new_delete_resource());
    FakeFeed feed;
    feed.put(0, "tea start");
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::latch reading(kReaders);
    {
        std::vector<base::Thread> readers;
        for (int i = 0; i < kReaders; ++i)
            readers.emplace_back("reader", [&](const std::stop_token&) {
                bool counted = false;
                do {
                    const auto revision = feed.revision();
                    const auto answer = index.search(1, revision, feed.feed(), query_for("tea"));
                    if (answer.total < 1 || answer.hits.empty()) ++wrong;
                    if (!std::exchange(counted, true)) reading.count_down();
                } while (!done);
            });
        reading.wait();
        for (std::uint32_t i = 1; i <= kChanges; ++i) {
            const auto revision = i % 5 == 4 ? feed.remove(i - 2) : feed.put(i, "tea number" + std::to_string(i));
            const auto answer = index.search(1, revision, feed.feed(), query_for("number" + std::to_string(i)));
            if (answer.total != (i % 5 == 4 ? 0 : 1)) ++wrong;  // one's own write is there at once
        }
        done = true;
    }
    EXPECT_EQ(wrong, 0);
}

TEST(LiveIndex, ReadsTheFeedOnceForManyWhoWait) {
    constexpr int kReaders = 8;
    LiveIndex index(std::pmr::new_delete_resource());
    std::atomic<int> reads = 0, found = 0;
    const auto feed = [&](std::int64_t, const ports::SearchIndex::Apply& apply) {
        ++reads;
        ports::IndexChange change;
        change.revision = 1;
        change.text = "tea";
        apply(change);
    };
    {
        std::vector<base::Thread> readers;
        for (int i = 0; i < kReaders; ++i)
            readers.emplace_back("reader", [&](const std::stop_token&) {
                found += static_cast<int>(index.search(1, 1, feed, query_for("tea")).total);
            });
    }
    EXPECT_EQ(reads, 1);
    EXPECT_EQ(found, kReaders);
}

TEST(LiveIndex, SearchesWhileAnotherThreadReadsTheFeed) {
    LiveIndex index(std::pmr::new_delete_resource());
    std::mutex mutex;
    std::condition_variable event;
    bool reading = false, go_on = false;
    ports::IndexChange change;
    change.revision = 1;
    change.text = "tea";
    index.search(1, 1, [&](std::int64_t, const auto& apply) { apply(change); }, {});
    base::Thread folder("folder", [&](const std::stop_token&) {
        index.search(1, 2,
                     [&](std::int64_t, const auto&) {
                         std::unique_lock lock(mutex);
                         reading = true;
                         event.notify_all();
                         event.wait(lock, [&] { return go_on; });
                     },
                     {});
    });
    std::unique_lock lock(mutex);
    event.wait(lock, [&] { return reading; });
    EXPECT_EQ(index.search(1, 1, {}, query_for("tea")).total, 1);
    go_on = true;
    lock.unlock();
    event.notify_all();
}

TEST(Registry, LetsTheLeastRecentlyUsedGo) {
    FakeFeed feed;
    feed.put(1, "tea");
    LiveIndex probe(std::pmr::new_delete_resource());
    probe.search(1, 1, feed.feed(), {});
    Registry registry(probe.bytes() * 5 / 2, std::pmr::new_delete_resource());
    const auto use = [&](std::uint32_t owner) {
        const auto index = registry.get(id_of(owner));
        const int reads = feed.reads();
        index->search(1, 1, feed.feed(), {});
        registry.update_bytes(id_of(owner), *index);
        return feed.reads() > reads;  // it had to be built
    };
    EXPECT_TRUE(use(1));
    EXPECT_TRUE(use(2));
    EXPECT_FALSE(use(1));
    EXPECT_TRUE(use(3));  // 2 goes
    EXPECT_FALSE(use(1));
    EXPECT_TRUE(use(2));  // 3 goes
    EXPECT_FALSE(use(1));
    EXPECT_TRUE(use(3));
}

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
