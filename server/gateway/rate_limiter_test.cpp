#include "gateway/rate_limiter.hpp"

#include <gtest/gtest.h>

#include "testing/fakes.hpp"

namespace engram::gateway {
namespace {

TEST(RateLimiterTest, ABurstThenARate) {
    testing::FakeClock clock;
    RateLimiter limiter(clock, {.burst = 3, .per_second = 0.5});
    EXPECT_EQ(limiter.take("a").remaining, 2);
    EXPECT_TRUE(limiter.take("a").allowed);
    EXPECT_TRUE(limiter.take("a").allowed);
    const auto refused = limiter.take("a");
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.retry_after, std::chrono::seconds(2));
    EXPECT_TRUE(limiter.take("b").allowed);
    clock.advance(std::chrono::seconds(2));
    EXPECT_TRUE(limiter.take("a").allowed);
    EXPECT_FALSE(limiter.take("a").allowed);
}

TEST(RateLimiterTest, ForgetsWhoWasQuietAndNobodyElse) {
    testing::FakeClock clock;
    RateLimiter limiter(clock, {.burst = 2, .per_second = 0.001});
    limiter.take("busy");
    limiter.take("busy");
    for (int i = 0; i < 200'000; ++i) {
        limiter.take("peer" + std::to_string(i));
        if (i % 1000 == 0) clock.advance(std::chrono::milliseconds(1));
    }
    EXPECT_FALSE(limiter.take("busy").allowed);
}

}  // namespace
}  // namespace engram::gateway
