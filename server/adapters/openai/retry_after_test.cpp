#include "adapters/openai/retry_after.hpp"

#include <gtest/gtest.h>

namespace engram::openai {
namespace {

using std::chrono::seconds;

TEST(RetryAfter, SecondsOrADate) {
    const base::Time now = *base::parse_rfc3339("1994-11-06T08:49:30.5Z");
    EXPECT_EQ(parse_retry_after("120", now), seconds(120));
    EXPECT_EQ(parse_retry_after("0", now), seconds(0));
    EXPECT_EQ(parse_retry_after("9999999", now), seconds(86'400));
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), seconds(7));
    EXPECT_EQ(parse_retry_after("Sat, 05 Nov 1994 08:49:37 GMT", now), seconds(0));
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 2094 08:49:37 GMT", now), seconds(86'400));
    for (const char* value : {"", "-1", "1.5", "soon", "99999999999999999999", "Sun, 06 Nov 1994 08:49:37 CET",
                              "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nop 1994 08:49:37 GMT"})
        EXPECT_EQ(parse_retry_after(value, now), std::nullopt) << value;
}

}  // namespace
}  // namespace engram::openai
