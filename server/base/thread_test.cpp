#include "base/thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>

#include "base/log.hpp"

namespace engram::base {
namespace {

TEST(Thread, RunsAtOnceAndIsAskedToStopByItsDestructor) {
    std::latch began(1);
    std::atomic<bool> saw_stop = false;
    {
        const Thread thread("test", [&](const std::stop_token& stop) {
            std::mutex mutex;
            std::condition_variable_any wake;
            std::unique_lock lock(mutex);
            began.count_down();
            wake.wait(lock, stop, [] { return false; });
            saw_stop = stop.stop_requested();
        });
        began.wait();
        EXPECT_TRUE(thread.joinable());
    }
    EXPECT_TRUE(saw_stop);
}

TEST(Thread, JoinMayBeCalledTwice) {
    std::atomic<int> runs = 0;
    Thread thread("a name longer than the kernel keeps", [&](const std::stop_token&) { ++runs; });
    thread.join();
    thread.join();
    EXPECT_EQ(runs, 1);
    EXPECT_FALSE(Thread().joinable());
}

TEST(ThreadDeathTest, AnEscapedExceptionEndsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(Thread("doomed", [](const std::stop_token&) { throw std::runtime_error("boom"); }).join(), "boom");
}

TEST(WorkerPool, RunsEverythingThatIsQueuedBeforeItEnds) {
    std::atomic<int> done = 0;
    {
        WorkerPool pool("test", 3);
        for (int i = 0; i < 1000; ++i) pool.submit([&] { ++done; });
    }
    EXPECT_EQ(done, 1000);
}

TEST(WorkerPool, OneThreadKeepsTheOrderAndCountsWhatWaits) {
    std::latch began(1), go(1);
    std::vector<int> order;
    {
        WorkerPool pool("test", 1);
        pool.submit([&] {
            began.count_down();
            go.wait();
        });
        began.wait();
        for (int i = 0; i < 3; ++i) pool.submit([&order, i] { order.push_back(i); });
        EXPECT_EQ(pool.queued(), 3u);
        go.count_down();
    }
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2}));
}

TEST(WorkerPool, GoesOnAfterATaskThatThrows) {
    set_log_threshold(Severity::kOff);
    std::atomic<bool> ran = false;
    {
        WorkerPool pool("test", 1);
        pool.submit([] { throw std::runtime_error("a task's own trouble"); });
        pool.submit([&] { ran = true; });
    }
    set_log_threshold(Severity::kInfo);
    EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace engram::base
