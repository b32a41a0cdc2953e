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

#include "base/error.hpp"
#include "base/thread.hpp"
#include "search/index_fixture.hpp"
#include "search/registry.hpp"

namespace engram::search {
namespace {

TEST(LiveIndex, AnswersReadersBesideAWriter) {
    constexpr int kReaders = 8, kChanges = 400;
    LiveIndex index(std::pmr::new_delete_resource(), kReaders);
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

// Each writer changes its own entries over and over, so that the index leaves the dead behind while it is read.
TEST(LiveIndex, EachWriterFindsItsOwnChangeBesideManyReaders) {
    constexpr std::uint32_t kReaders = 64, kWriters = 8, kChanges = 150, kEntries = 20;
    LiveIndex index(std::pmr::new_delete_resource(), kReaders + kWriters);
    FakeFeed feed;
    feed.put(0, "tea");
    std::atomic<bool> done = false;
    std::atomic<int> stale = 0;
    const auto total = [&](std::int64_t revision, const std::string& text) {
        return index.search(1, revision, feed.feed(), query_for(text)).total;
    };
    const auto write = [&](std::uint32_t writer) {
        for (std::uint32_t i = 0; i < kChanges; ++i) {
            const std::uint32_t entry = 1 + writer * kEntries + i % kEntries;
            const std::string word = "w" + std::to_string(writer) + "x" + std::to_string(i);
            stale += total(feed.put(entry, word + " tea"), word) == 1 ? 0 : 1;
            if (i % 4 == 0) stale += total(feed.remove(entry), word) == 0 ? 0 : 1;
        }
    };
    {
        std::vector<base::Thread> readers;
        for (std::uint32_t i = 0; i < kReaders; ++i)
            readers.emplace_back("reader", [&](const std::stop_token&) {
                while (!done) stale += total(feed.revision(), "tea") >= 1 ? 0 : 1;
            });
        {
            std::vector<base::Thread> writers;
            for (std::uint32_t i = 0; i < kWriters; ++i)
                writers.emplace_back("writer", [&write, i](const std::stop_token&) { write(i); });
        }
        done = true;
    }
    EXPECT_EQ(stale, 0);
}

TEST(LiveIndex, ReadsTheFeedOnceForManyWhoWait) {
    constexpr int kReaders = 8;
    LiveIndex index(std::pmr::new_delete_resource(), kReaders);
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

TEST(LiveIndex, FoldsBesideReadersOfAnOlderRevision) {
    constexpr int kReaders = 8, kChanges = 100;
    LiveIndex index(std::pmr::new_delete_resource());
    FakeFeed feed;
    for (std::uint32_t i = 1; i <= 200; ++i) feed.put(i, "tea with anna and " + std::to_string(i));
    index.search(1, feed.revision(), feed.feed(), {});
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::latch reading(kReaders);
    {
        std::vector<base::Thread> readers;
        for (int i = 0; i < kReaders; ++i)
            readers.emplace_back("reader", [&](const std::stop_token&) {
                reading.count_down();
                while (!done) wrong += index.search(1, 1, {}, query_for("tea")).total < 200 ? 1 : 0;
            });
        reading.wait();
        for (std::uint32_t i = 0; i < kChanges; ++i) {
            const auto revision = feed.put(1000 + i, "tea");
            EXPECT_EQ(index.search(1, revision, feed.feed(), query_for("tea")).total, 201 + i);
        }
        done = true;
    }
    EXPECT_EQ(wrong, 0);
}

TEST(LiveIndex, ShowsNothingOfAnIndexThatIsNotWhole) {
    LiveIndex index(std::pmr::new_delete_resource(), 0);
    const auto feed = [&](std::int64_t, const ports::SearchIndex::Apply& apply) {
        apply(change_of(1, 1, "tea"));
        EXPECT_THROW(index.search(1, 1, {}, query_for("tea")), base::Error);
        apply(change_of(2, 2, "tea"));
    };
    EXPECT_EQ(index.search(1, 2, feed, query_for("tea")).total, 2);
    EXPECT_EQ(index.search(1, 1, {}, query_for("tea")).total, 2);
}

TEST(LiveIndex, ServesTheOldEpochWhileTheNewIsBuilt) {
    LiveIndex index(std::pmr::new_delete_resource());
    index.search(1, 1, [](std::int64_t, const auto& apply) { apply(change_of(1, 1, "tea")); }, {});
    const auto feed = [&](std::int64_t after, const ports::SearchIndex::Apply& apply) {
        EXPECT_EQ(after, 0);
        apply(change_of(2, 1, "coffee"));
        EXPECT_EQ(index.search(1, 1, {}, query_for("tea coffee")).total, 1);
        EXPECT_EQ(index.search(1, 1, {}, query_for("tea")).total, 1);
        apply(change_of(3, 2, "coffee"));
    };
    EXPECT_EQ(index.search(2, 2, feed, query_for("tea coffee")).total, 2);
}

TEST(LiveIndex, AppliesTheChangesOfManyReadsAtOnce) {
    LiveIndex index(std::pmr::new_delete_resource());
    index.search(1, 1, [](std::int64_t, const auto& apply) { apply(change_of(1, 1, "tea")); }, {});
    // Entry 2 had revision 2, which the search amid the reads knows of, and moves to 4.
    const auto feed = [&](std::int64_t, const ports::SearchIndex::Apply& apply) {
        apply(change_of(1, 3, "coffee"));
        EXPECT_EQ(index.search(1, 1, {}, query_for("tea coffee")).total, 1);
        EXPECT_EQ(index.search(1, 1, {}, query_for("tea")).total, 1);
        apply(change_of(2, 4, "coffee"));
    };
    EXPECT_EQ(index.search(1, 3, feed, query_for("coffee")).total, 2);
    EXPECT_EQ(index.search(1, 4, {}, query_for("coffee")).total, 2);
}

TEST(LiveIndex, LetsFewWaitForAnIndexThatIsBuilt) {
    constexpr int kWaiters = 3, kTurnedAway = 5;
    LiveIndex index(std::pmr::new_delete_resource(), kWaiters);
    std::mutex mutex;
    std::condition_variable event;
    int found = 0, turned_away = 0;
    bool building = false;
    const auto feed = [&](std::int64_t, const ports::SearchIndex::Apply& apply) {
        apply(change_of(1, 1, "tea"));
        std::unique_lock lock(mutex);
        building = true;
        event.notify_all();
        event.wait(lock, [&] { return turned_away == kTurnedAway; });
    };
    const auto search = [&](const std::stop_token&) {
        try {
            const auto total = index.search(1, 1, feed, query_for("tea")).total;
            const std::lock_guard lock(mutex);
            found += static_cast<int>(total);
        } catch (const base::Error& error) {
            const std::lock_guard lock(mutex);
            turned_away += error.code() == base::Code::kUnavailable && error.retry_after ? 1 : 0;
            event.notify_all();
        }
    };
    {
        std::vector<base::Thread> searches;
        searches.emplace_back("builder", search);
        {
            std::unique_lock lock(mutex);
            event.wait(lock, [&] { return building; });
        }
        for (int i = 0; i < kWaiters + kTurnedAway; ++i) searches.emplace_back("search", search);
    }
    EXPECT_EQ(found, 1 + kWaiters);
    EXPECT_EQ(turned_away, kTurnedAway);
    EXPECT_EQ(index.search(1, 1, {}, query_for("tea")).total, 1);
}

}  // namespace
}  // namespace engram::search
