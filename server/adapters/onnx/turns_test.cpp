#include "adapters/onnx/turns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/thread.hpp"

namespace engram::onnx {
namespace {

using ports::EmbedPurpose;

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

}  // namespace
}  // namespace engram::onnx
