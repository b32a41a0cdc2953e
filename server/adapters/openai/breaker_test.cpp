#include "adapters/openai/breaker.hpp"

#include <gtest/gtest.h>

#include "testing/errors.hpp"
#include "testing/fakes.hpp"

namespace engram::openai {
namespace {

using std::chrono::seconds;

class BreakerTest : public ::testing::Test {
protected:
    void fail(std::optional<seconds> at_least = {}) { Breaker::Pass(breaker_).failed("down", at_least); }
    bool lets_through() {
        try {
            const Breaker::Pass pass(breaker_);
            return true;
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), base::Code::kUnavailable);
            EXPECT_EQ(error.safe(), "down");
            return false;
        }
    }
    // Fails at once whenever somebody is let through; how long it was closed before.
    seconds fail_when_open() {
        seconds waited{};
        while (!lets_through()) clock_.advance(seconds(1)), ++waited;
        fail();
        return waited;
    }

    testing::FakeClock clock_;
    Breaker breaker_{clock_};
};

TEST_F(BreakerTest, OpensAfterThreeFailuresInARow) {
    fail(), fail();
    Breaker::Pass(breaker_).succeeded();
    fail(), fail();
    EXPECT_TRUE(lets_through());
    EXPECT_EQ(breaker_.trouble(), "");
    fail();
    EXPECT_FALSE(lets_through());
    EXPECT_EQ(breaker_.trouble(), "down");
}

TEST_F(BreakerTest, PausesGrowUpToAMinute) {
    fail(), fail(), fail();
    std::vector<int> waited;
    for (int i = 0; i < 8; ++i) waited.push_back(static_cast<int>(fail_when_open().count()));
    EXPECT_EQ(waited, (std::vector<int>{5, 10, 20, 40, 60, 60, 60, 60}));
}

TEST_F(BreakerTest, OneIsLetThroughToSee) {
    fail(), fail(), fail();
    clock_.advance(seconds(5));
    EXPECT_EQ(breaker_.trouble(), "");
    EXPECT_EQ(breaker_.last_failure(), "down") << "until it has gone well";
    {
        Breaker::Pass first(breaker_);
        EXPECT_FALSE(lets_through());
        EXPECT_EQ(breaker_.trouble(), "down");
    }
    {
        Breaker::Pass second(breaker_);  // the first one ended unjudged
        second.succeeded();
        EXPECT_EQ(breaker_.last_failure(), "");
        EXPECT_TRUE(lets_through());
    }
    fail(), fail(), fail();
    EXPECT_EQ(fail_when_open(), seconds(5));  // the pauses begin anew
}

TEST_F(BreakerTest, WaitsAsLongAsTheServiceAsks) {
    fail(), fail(), fail(seconds(60));
    EXPECT_EQ(testing::error_of([&] { const Breaker::Pass pass(breaker_); }).retry_after, seconds(60));
    EXPECT_EQ(fail_when_open(), seconds(60));
    clock_.advance(seconds(10));
    fail(seconds(86'400));
    EXPECT_EQ(fail_when_open(), seconds(300));
}

TEST_F(BreakerTest, WhatBeganBeforeIsNoNews) {
    Breaker::Pass early(breaker_);
    fail(), fail(), fail();
    early.failed("late", seconds(200));
    EXPECT_EQ(fail_when_open(), seconds(5));
    early.succeeded();  // but it can be asked after all
    EXPECT_TRUE(lets_through());
}

}  // namespace
}  // namespace engram::openai
