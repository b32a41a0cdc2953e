#include "jobs/runner.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

#include "base/error.hpp"
#include "jobs/backoff.hpp"
#include "testing/test_queue.hpp"

namespace engram::jobs {
namespace {

using base::Code;
using ports::Job;
using std::chrono::hours;
using std::chrono::seconds;

class RunnerTest : public ::testing::Test {
protected:
    Runner& make(JobKind kind) {
        std::vector<JobKind> kinds;
        kinds.push_back(std::move(kind));
        return *(runner_ = std::make_unique<Runner>(queue_.queue(), clock_, queue_.random(), std::move(kinds)));
    }
    std::vector<ports::DeadJob> dead() { return queue_.queue().dead(10); }

    testing::TestQueue queue_;
    testing::FakeClock clock_;
    std::unique_ptr<Runner> runner_;
};

TEST_F(RunnerTest, DoesWhatIsDueOfItsKinds) {
    std::vector<std::int64_t> seen;
    Runner& runner = make({.name = "mail", .work = [&](const Job& job, const auto&) { seen.push_back(job.revision); }});
    for (int i = 1; i <= 50; ++i) queue_.put({.kind = "mail", .revision = i});
    queue_.put({.kind = "mail", .due = clock_.now() + hours(1)});
    queue_.put({.kind = "other"});
    EXPECT_EQ(runner.run_due(), 50U);
    EXPECT_EQ(seen.size(), 50U);
    EXPECT_EQ(runner.run_due(), 0U);
    clock_.advance(hours(1));
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_EQ(runner.finished().at(0).done, 51);
    EXPECT_EQ(queue_.queue().counts().at(0).kind, "other");
}

TEST_F(RunnerTest, WhatFailsComesAgainLaterAndIsDeadInTheEnd) {
    int runs = 0;
    Runner& runner = make({.name = "mail",
                           .work =
                               [&](const Job&, const auto&) {
                                   ++runs;
                                   throw base::Error(Code::kUnavailable, "The server does not answer.", "secret");
                               },
                           .attempts_max = 4});
    queue_.put({.kind = "mail", .key = "k"});
    for (int attempt = 1; attempt <= 4; ++attempt) {
        EXPECT_EQ(runner.run_due(), 1U);
        EXPECT_EQ(runner.run_due(), 0U) << "it rests";
        clock_.advance(seconds(1 << (attempt - 1)));
    }
    EXPECT_EQ(runs, 4);
    EXPECT_FALSE(queue_.queue().next_due("mail"));
    ASSERT_EQ(dead().size(), 1U);
    EXPECT_EQ(dead()[0].reason, "The server does not answer.");
    EXPECT_EQ(runner.finished().at(0).failed, 3);
    EXPECT_EQ(runner.finished().at(0).died, 1);
}

TEST_F(RunnerTest, WhatNoOtherTimeCanHelpIsDeadAtOnce) {
    Runner& runner = make({.name = "mail", .work = [](const Job&, const auto&) {
                               throw base::Error(Code::kNotFound, "There is no such address.");
                           }});
    queue_.put({.kind = "mail"});
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_EQ(dead().size(), 1U);
}

TEST_F(RunnerTest, AnExceptionOfAnyKindIsAFailureOfThatJobAlone) {
    int done = 0;
    Runner& runner = make({.name = "mail", .work = [&](const Job& job, const auto&) {
                               if (job.revision == 2) throw std::out_of_range("vector");
                               ++done;
                           }});
    for (int i = 1; i <= 3; ++i) queue_.put({.kind = "mail", .revision = i});
    EXPECT_EQ(runner.run_due(), 3U);
    EXPECT_EQ(done, 2);
    EXPECT_TRUE(queue_.queue().next_due("mail"));
}

TEST_F(RunnerTest, WhatIsBegunAgainAndAgainWithoutAnEndIsNotBegunOnceMore) {
    int runs = 0;
    Runner& runner = make({.name = "mail", .work = [&](const Job&, const auto&) { ++runs; }, .attempts_max = 3});
    queue_.put({.kind = "mail"});
    for (int crash = 0; crash < 3; ++crash) {
        ASSERT_EQ(queue_.queue().claim("mail", 1, clock_.now(), clock_.now() + hours(1)).size(), 1U);
        queue_.queue().release_all();
    }
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(dead().size(), 1U);
}

TEST_F(RunnerTest, TheKindIsToldBeforeAJobIsDeadAndTheJobStaysUntilThatIsDone) {
    int told = 0;
    Runner& runner =
        make({.name = "mail",
              .work = [&](const Job&, const auto&) { throw base::Error(Code::kNotFound, "There is nothing."); },
              .given_up =
                  [&](const Job& job) {
                      EXPECT_EQ(job.revision, 7);
                      if (++told == 1) throw base::Error(Code::kUnavailable, "The database is away.");
                  }});
    queue_.put({.kind = "mail", .revision = 7});
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_TRUE(dead().empty());
    clock_.advance(hours(1));
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_EQ(dead().size(), 1U);
    EXPECT_EQ(told, 2);
}

TEST_F(RunnerTest, ARepeatingOneRunsAtFirstAndThenAfterItsTimeWhateverHappens) {
    int runs = 0;
    Runner& runner = make({.name = "daily",
                           .work =
                               [&](const Job&, const auto&) {
                                   if (++runs == 2) throw base::Error(Code::kNotFound, "There is nothing.");
                               },
                           .every = hours(24)});
    runner.put_repeating(queue_.database());
    runner.put_repeating(queue_.database());
    EXPECT_EQ(runner.run_due(), 1U);
    clock_.advance(hours(23));
    EXPECT_EQ(runner.run_due(), 0U);
    clock_.advance(hours(1));
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_TRUE(dead().empty()) << "it does not end with a failure";
    clock_.advance(seconds(1));
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_EQ(runs, 3);
}

TEST_F(RunnerTest, WhatIsPutUnderAKeyMeanwhileIsDoneAfterTheSpacing) {
    std::vector<std::int64_t> seen;
    Runner& runner = make({.name = "file",
                           .work =
                               [&](const Job& job, const auto&) {
                                   seen.push_back(job.revision);
                                   if (job.revision < 3)
                                       queue_.put({.kind = "file", .key = "a", .revision = job.revision + 1});
                               },
                           .spacing = seconds(1)});
    queue_.put({.kind = "file", .key = "a", .revision = 1});
    EXPECT_EQ(runner.run_due(), 1U);
    clock_.advance(seconds(1));
    EXPECT_EQ(runner.run_due(), 1U);
    clock_.advance(seconds(1));
    EXPECT_EQ(runner.run_due(), 1U);
    EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_F(RunnerTest, ThreadsWakeForWhatIsPutAndNoMoreAtOnceThanTold) {
    std::atomic<int> at_once{0}, most{0};
    std::latch done(200);
    Runner& runner = make({.name = "mail",
                           .work =
                               [&](const Job&, const auto&) {
                                   const int now = ++at_once;
                                   for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
                                   }
                                   --at_once;
                                   done.count_down();
                               },
                           .concurrency = 3,
                           .batch = 7});
    runner.start();
    for (int i = 0; i < 200; ++i) {
        queue_.put({.kind = "mail"});
        queue_.queue().wake("mail", ports::kAtOnce);
    }
    done.wait();
    runner.stop();
    EXPECT_LE(most, 3);
    EXPECT_TRUE(queue_.queue().counts().empty());
}

TEST_F(RunnerTest, AClockThatIsSetBackHoldsUpNothing) {
    int done = 0;
    Runner& runner = make({.name = "mail", .work = [&](const Job&, const auto&) { ++done; }});
    queue_.put({.kind = "mail", .due = clock_.now() + seconds(1)});
    EXPECT_EQ(runner.run_due(), 0U);
    clock_.advance(seconds(1));
    queue_.put({.kind = "mail"});
    EXPECT_EQ(runner.run_due(), 2U);
    clock_.advance(hours(1));
    queue_.put({.kind = "mail", .due = clock_.now()});
    queue_.queue().wake("mail", clock_.now());
    clock_.advance(-hours(1));
    EXPECT_EQ(runner.run_due(), 1U);
}

TEST_F(RunnerTest, AStopEndsTheJobAtHandAndLeavesTheRest) {
    std::latch inside(1);
    std::atomic<int> done{0};
    Runner& runner = make({.name = "mail", .work = [&](const Job&, const std::stop_token& stop) {
                               if (done == 0) inside.count_down();
                               std::atomic<bool> stopped{false};
                               const std::stop_callback on_stop(stop, [&] { stopped = true, stopped.notify_all(); });
                               stopped.wait(false);
                               ++done;
                           }});
    for (int i = 0; i < 5; ++i) queue_.put({.kind = "mail"});
    runner.start();
    inside.wait();
    runner.stop();
    EXPECT_EQ(done, 1);
    EXPECT_EQ(queue_.queue().counts().at(0).waiting, 4);
    EXPECT_EQ(queue_.queue().claim("mail", 10, clock_.now(), clock_.now() + hours(1)).size(), 4U)
        << "without waiting for the end of a lease";
}

TEST_F(RunnerTest, APausedKindRestsUntilItIsWoken) {
    std::latch done(1);
    Runner& runner = make({.name = "mail", .work = [&](const Job&, const auto&) { done.count_down(); }});
    queue_.queue().set_paused("mail", true);
    queue_.put({.kind = "mail"});
    EXPECT_EQ(runner.run_due(), 0U);
    runner.start();
    queue_.queue().set_paused("mail", false);
    queue_.queue().wake("", ports::kAtOnce);
    done.wait();
}

TEST(BackoffTest, DoublesUpToAnHourAndAHalfOfItIsChance) {
    testing::FakeRandom random;
    for (const auto& [attempts, ms] : {std::pair(1, 1000), {2, 2000}, {5, 16'000}, {12, 2'048'000}, {40, 3'600'000}})
        for (int i = 0; i < 20; ++i) {
            const auto waited = backoff(attempts, random).count();
            EXPECT_GE(waited, ms / 2) << attempts;
            EXPECT_LT(waited, ms) << attempts;
        }
}

}  // namespace
}  // namespace engram::jobs
