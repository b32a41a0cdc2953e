#include "http/growing_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

namespace engram::http {
namespace {

TEST(GrowingPool, GrowsToItsBoundAndRefusesMore) {
    std::promise<void> go;
    const std::shared_future<void> gone = go.get_future().share();
    std::latch begun(3);
    GrowingPool pool("pool", 3);
    const auto wait = [&begun, gone] {
        begun.count_down();
        gone.wait();
    };
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(pool.try_submit(wait));
    EXPECT_FALSE(pool.try_submit([] {}));
    begun.wait();  // all at the same time
    go.set_value();
}

TEST(GrowingPool, UsesIdleThreadsAgain) {
    GrowingPool pool("pool", 1);
    for (int i = 0; i < 20; ++i) {
        std::promise<void> ran;
        while (!pool.try_submit([&ran] { ran.set_value(); })) {  // the thread is about to be idle
        }
        ran.get_future().wait();
    }
}

TEST(GrowingPool, EndsWhatItHasTaken) {
    std::atomic<int> ran = 0;
    {
        GrowingPool pool("pool", 4);
        for (int i = 0; i < 4; ++i) EXPECT_TRUE(pool.try_submit([&ran] { ++ran; }) || ran > 0);
    }
    EXPECT_GE(ran, 1);
}

}  // namespace
}  // namespace engram::http
