#include "ports/conformance/queue_conformance.hpp"

#include <mutex>
#include <set>

#include "base/error.hpp"
#include "base/thread.hpp"

namespace engram::ports {

bool link_queue_conformance() { return true; }

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_P(QueueConformance, AJobIsGivenOnceWithAllThatWasPut) {
    put({.kind = "mail", .owner = kAnna, .key = "hello", .revision = 7, .details = R"({"to":1})"});
    const std::vector<Job> jobs = claim();
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0].kind, "mail");
    EXPECT_EQ(jobs[0].owner, kAnna);
    EXPECT_EQ(jobs[0].key, "hello");
    EXPECT_EQ(jobs[0].revision, 7);
    EXPECT_EQ(jobs[0].details, R"({"to":1})");
    EXPECT_EQ(jobs[0].attempts, 1);
    EXPECT_TRUE(claim().empty());
    settle({.job = jobs.data()});
    EXPECT_TRUE(claim("mail", kNow + hours(1)).empty());
    EXPECT_FALSE(queue().next_due("mail"));
}

TEST_P(QueueConformance, NothingIsLeftOfATransactionThatIsUndone) {
    EXPECT_THROW(under_test_->database().write({},
                                               [&](Transaction& tx) {
                                                   queue().put(tx, {.kind = "mail"});
                                                   throw base::Error(base::Code::kConflict, "no");
                                               }),
                 base::Error);
    EXPECT_TRUE(claim().empty());
}

TEST_P(QueueConformance, JobsWithoutAKeyAreEachTheirOwnAndKindsAreApart) {
    for (int i = 0; i < 3; ++i) put({.kind = "mail", .owner = kAnna});
    put({.kind = "other"});
    EXPECT_EQ(claim().size(), 3U);
    const auto other = claim("other");
    ASSERT_EQ(other.size(), 1U);
    EXPECT_FALSE(other[0].owner);
    EXPECT_TRUE(claim("none").empty());
}

TEST_P(QueueConformance, OfOneKeyOneWaitsWithTheLastRevision) {
    for (const std::int64_t revision : {1, 2, 3})
        put({.kind = "file", .owner = kAnna, .key = "a", .revision = revision});
    put({.kind = "file", .owner = kBen, .key = "a", .revision = 1});
    put({.kind = "file", .owner = kAnna, .key = "b", .revision = 1});
    std::multiset<std::int64_t> revisions;
    for (const Job& job : claim("file")) revisions.insert(job.revision);
    EXPECT_EQ(revisions, (std::multiset<std::int64_t>{1, 1, 3}));
}

TEST_P(QueueConformance, WhatIsPutWhileItIsDoneIsDoneAfterwards) {
    put({.kind = "file", .key = "a", .revision = 1});
    const auto first = claim("file");
    ASSERT_EQ(first.size(), 1U);
    put({.kind = "file", .key = "a", .revision = 2});
    EXPECT_TRUE(claim("file").empty()) << "two never do the same key at once";
    settle({.job = first.data(), .due = kNow + seconds(1)});
    EXPECT_EQ(queue().next_due("file"), kNow + seconds(1));
    EXPECT_TRUE(claim("file").empty());
    const auto second = claim("file", kNow + seconds(1));
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].revision, 2);
    EXPECT_EQ(second[0].attempts, 1);
}

TEST_P(QueueConformance, NothingIsGivenBeforeItIsDueAndTheFirstDueComesFirst) {
    put({.kind = "mail", .key = "late", .due = kNow + hours(2)});
    put({.kind = "mail", .key = "soon", .due = kNow + hours(1)});
    EXPECT_EQ(queue().next_due("mail"), kNow + hours(1));
    EXPECT_TRUE(claim().empty());
    const auto one = queue().claim("mail", 1, kNow + hours(3), kNow + hours(4));
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one[0].key, "soon");
}

TEST_P(QueueConformance, WhatIsDueAtOnceDoesNotHangOnTheClock) {
    put({.kind = "mail"});
    EXPECT_EQ(claim("mail", kNow - hours(24 * 365)).size(), 1U);
}

TEST_P(QueueConformance, ALeaseThatEndsGivesTheJobToSomebodyElse) {
    put({.kind = "mail"});
    const auto lost = claim();
    EXPECT_TRUE(claim("mail", kNow + seconds(59)).empty());
    queue().extend(lost, kNow + minutes(5));
    EXPECT_TRUE(claim("mail", kNow + minutes(4)).empty());
    const auto found = claim("mail", kNow + minutes(6));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].attempts, 2);
    settle({.job = lost.data()});
    bury(lost[0], "too late");
    EXPECT_TRUE(queue().dead(10).empty()) << "whose lease has ended decides nothing any more";
    settle({.job = found.data()});
    EXPECT_FALSE(queue().next_due("mail"));
}

TEST_P(QueueConformance, WhatHasGotFurtherHasItsAttemptsAnew) {
    put({.kind = "long"});
    for (int crash = 0; crash < 4; ++crash) {
        const auto jobs = claim("long");
        ASSERT_EQ(jobs.size(), 1U);
        EXPECT_EQ(jobs[0].attempts, crash == 0 ? 1 : 2);
        queue().extend(jobs, kNow + minutes(5));
        queue().release_all();
    }
    const auto failed = claim("long");
    ASSERT_EQ(failed.size(), 1U);
    queue().extend(failed, kNow + minutes(5));
    settle({.job = failed.data(), .as = Settled::As::kAgain, .due = kNow, .reason = "no answer"});
    EXPECT_EQ(claim("long").at(0).attempts, 2);
}

TEST_P(QueueConformance, AFailedOneComesAgainAndADeadOneCanBeBroughtBack) {
    put({.kind = "mail", .owner = kAnna, .key = "k", .revision = 5, .details = "{}"});
    auto jobs = claim();
    ASSERT_EQ(jobs.size(), 1U);
    settle({.job = jobs.data(), .as = Settled::As::kAgain, .due = kNow + minutes(2), .reason = "no answer"});
    EXPECT_TRUE(claim("mail", kNow + minutes(1)).empty());
    jobs = claim("mail", kNow + minutes(2));
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0].attempts, 2);
    bury(jobs[0], "no such address");
    EXPECT_TRUE(claim("mail", kNow + hours(99)).empty());
    const auto dead = queue().dead(10);
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].kind, "mail");
    EXPECT_EQ(dead[0].owner, kAnna);
    EXPECT_EQ(dead[0].reason, "no such address");
    EXPECT_EQ(dead[0].attempts, 2);
    EXPECT_EQ(dead[0].died_at, kNow);
    EXPECT_TRUE(queue().retry(dead[0].id));
    EXPECT_FALSE(queue().retry(dead[0].id));
    jobs = claim();
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0].revision, 5);
    EXPECT_EQ(jobs[0].attempts, 1);
    bury(jobs[0], "again");
    EXPECT_TRUE(queue().drop(queue().dead(1).at(0).id));
    EXPECT_TRUE(queue().dead(10).empty());
}

TEST_P(QueueConformance, OneThatWasNotTriedIsDueAtOnceAndHasAllItsAttempts) {
    put({.kind = "mail"});
    const auto jobs = claim();
    ASSERT_EQ(jobs.size(), 1U);
    settle({.job = jobs.data(), .as = Settled::As::kAgain});
    EXPECT_EQ(claim().at(0).attempts, 1);
}

TEST_P(QueueConformance, ADeadOneThatComesBackBesideItsSuccessorIsOne) {
    put({.kind = "file", .key = "a"});
    bury(claim("file").at(0), "broken");
    put({.kind = "file", .key = "a"});
    EXPECT_TRUE(queue().retry(queue().dead(1).at(0).id));
    EXPECT_EQ(claim("file").size(), 1U);
}

TEST_P(QueueConformance, ARepeatingOneStays) {
    put({.kind = "daily", .key = "repeating"});
    const auto jobs = claim("daily");
    ASSERT_EQ(jobs.size(), 1U);
    settle({.job = jobs.data(), .due = kNow + hours(24), .stays = true});
    put({.kind = "daily", .key = "repeating"});
    EXPECT_TRUE(claim("daily", kNow + hours(23)).empty());
    const auto next = claim("daily", kNow + hours(24));
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(next[0].attempts, 1);
}

TEST_P(QueueConformance, WhatIsClaimedOutlivesTheProcess) {
    put({.kind = "mail"});
    ASSERT_EQ(claim().size(), 1U);
    under_test_->reopen();
    EXPECT_TRUE(claim().empty());
    queue().release_all();
    EXPECT_EQ(claim().size(), 1U);
}

TEST_P(QueueConformance, APauseLastsAndHoldsOneKind) {
    put({.kind = "mail"});
    put({.kind = "file"});
    queue().set_paused("mail", true);
    queue().set_paused("mail", true);
    under_test_->reopen();
    EXPECT_TRUE(claim().empty());
    EXPECT_FALSE(queue().next_due("mail"));
    EXPECT_EQ(claim("file").size(), 1U);
    const auto counts = queue().counts();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[1].kind, "mail");
    EXPECT_TRUE(counts[1].paused);
    EXPECT_EQ(counts[1].waiting, 1);
    EXPECT_FALSE(counts[0].paused);
    queue().set_paused("mail", false);
    EXPECT_EQ(claim().size(), 1U);
}

TEST_P(QueueConformance, SixteenThreadsNeverGetTheSameJob) {
    constexpr int kJobs = 400;
    under_test_->database().write({}, [&](Transaction& tx) {
        for (int i = 0; i < kJobs; ++i) queue().put(tx, {.kind = "mail", .revision = i});
    });
    std::mutex mutex;
    std::multiset<std::int64_t> seen;
    {
        std::vector<base::Thread> threads;
        for (int i = 0; i < 16; ++i)
            threads.emplace_back("test", [&](const std::stop_token&) {
                for (auto jobs = claim(); !jobs.empty(); jobs = claim()) {
                    std::vector<Settled> done;
                    for (const Job& job : jobs) done.push_back({.job = &job});
                    queue().settle(done, kNow);
                    const std::lock_guard lock(mutex);
                    for (const Job& job : jobs) seen.insert(job.revision);
                }
            });
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(kJobs));
    EXPECT_EQ(std::set<std::int64_t>(seen.begin(), seen.end()).size(), static_cast<std::size_t>(kJobs));
    EXPECT_TRUE(queue().counts().empty());
}

TEST_P(QueueConformance, NothingIsLeftOfAPersonWhoIsForgotten) {
    put({.kind = "mail", .owner = kAnna, .key = "dead"});
    bury(claim().at(0), "gone");
    put({.kind = "mail", .owner = kAnna, .key = "waits"});
    put({.kind = "mail", .owner = kBen, .key = "waits"});
    under_test_->database().write({}, [&](Transaction& tx) { queue().forget(tx, kAnna); });
    EXPECT_TRUE(queue().dead(10).empty());
    ASSERT_EQ(claim().size(), 1U) << "those of others stay";
}

}  // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(QueueConformance);

}  // namespace engram::ports
