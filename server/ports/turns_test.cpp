#include "ports/turns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/thread.hpp"

namespace engram::ports {
namespace {

class TurnsTest : public ::testing::Test {
protected:
    // A thread that takes a turn, notes its name and, where told, leaves.
    base::Thread start(Turns& turns, EmbedPurpose purpose, const std::string& name) {
        const std::size_t before = turns.waiting(purpose);
        base::Thread thread("test", [this, &turns, purpose, name](const std::stop_token&) {
            const Turns::Turn turn(turns, purpose);
            note(name);
        });
        while (turns.waiting(purpose) == before && !has(name)) std::this_thread::yield();
        return thread;
    }

    void note(const std::string& name) {
        const std::lock_guard lock(mutex_);
        names_.push_back(name);
    }
    bool has(const std::string& name) {
        const std::lock_guard lock(mutex_);
        return std::find(names_.begin(), names_.end(), name) != names_.end();
    }

    std::mutex mutex_;
    std::vector<std::string> names_;
};

TEST_F(TurnsTest, AQueryGoesBeforePassagesThatWaitedLonger) {
    Turns turns(1);
    auto running = std::make_unique<Turns::Turn>(turns, EmbedPurpose::kPassage);
    base::Thread passage = start(turns, EmbedPurpose::kPassage, "passage");
    base::Thread query = start(turns, EmbedPurpose::kQuery, "query");
    EXPECT_EQ(turns.waiting(EmbedPurpose::kPassage), 1u);
    EXPECT_EQ(turns.waiting(EmbedPurpose::kQuery), 1u);
    running.reset();
    query.join();
    passage.join();
    EXPECT_EQ(names_, (std::vector<std::string>{"query", "passage"}));
}

TEST_F(TurnsTest, WithOneSlotNoPassageStartsBesideAQuery) {
    Turns turns(1);
    auto running = std::make_unique<Turns::Turn>(turns, EmbedPurpose::kQuery);
    base::Thread passage = start(turns, EmbedPurpose::kPassage, "passage");
    EXPECT_FALSE(has("passage"));
    running.reset();
    passage.join();
    EXPECT_TRUE(has("passage"));
}

TEST_F(TurnsTest, PassagesLeaveASlotToQueries) {
    Turns turns(3);
    auto first = std::make_unique<Turns::Turn>(turns, EmbedPurpose::kPassage);
    auto second = std::make_unique<Turns::Turn>(turns, EmbedPurpose::kPassage);
    base::Thread third = start(turns, EmbedPurpose::kPassage, "third passage");
    {
        const Turns::Turn query(turns, EmbedPurpose::kQuery);
    }
    EXPECT_FALSE(has("third passage"));
    first.reset();
    third.join();
}

TEST_F(TurnsTest, QueriesMayTakeEverySlotAndNoMore) {
    Turns turns(2);
    auto first = std::make_unique<Turns::Turn>(turns, EmbedPurpose::kQuery);
    auto second = std::make_unique<Turns::Turn>(turns, EmbedPurpose::kQuery);
    base::Thread third = start(turns, EmbedPurpose::kQuery, "third query");
    EXPECT_FALSE(has("third query"));
    second.reset();
    third.join();
}

TEST_F(TurnsTest, NoMoreThanTheSlotsAreTakenUnderLoad) {
    Turns turns(2);
    std::atomic<int> inside = 0, most = 0, done = 0;
    std::vector<base::Thread> threads;
    threads.reserve(6);
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back("test", [&, thread](const std::stop_token&) {
            for (int i = 0; i < 300; ++i) {
                const Turns::Turn turn(turns, thread % 2 == 0 ? EmbedPurpose::kQuery : EmbedPurpose::kPassage);
                const int now = ++inside;
                for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                }
                ++done;
                --inside;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(done, 1800);
    EXPECT_LE(most, 2);
    EXPECT_EQ(turns.waiting(EmbedPurpose::kQuery) + turns.waiting(EmbedPurpose::kPassage), 0U);
}

TEST_F(TurnsTest, EveryQueryGoesBeforeEveryPassageThatWaits) {
    Turns turns(1);
    auto held = std::make_unique<Turns::Turn>(turns, EmbedPurpose::kPassage);
    std::vector<base::Thread> threads;
    for (const char* name : {"p", "p", "q", "p", "q"}) {
        const EmbedPurpose purpose = *name == 'q' ? EmbedPurpose::kQuery : EmbedPurpose::kPassage;
        threads.push_back(start(turns, purpose, name));
    }
    held.reset();
    threads.clear();
    EXPECT_EQ(names_, (std::vector<std::string>{"q", "q", "p", "p", "p"}));
}

}  // namespace
}  // namespace engram::ports
