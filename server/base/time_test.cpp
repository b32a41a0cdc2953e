#include "base/time.hpp"

#include <gtest/gtest.h>

namespace engram::base {
namespace {

TEST(Time, ReadsRfc3339) {
    const std::vector<std::pair<std::string_view, std::string_view>> cases{
        // RFC 3339 section 5.8
        {"1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z"},
        {"1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000Z"},
        {"1990-12-31T23:59:60Z", "1991-01-01T00:00:00.000Z"},
        {"1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z"},
        {"2026-11-23t05:51:47z", "2026-11-23T05:51:47.000Z"},
        {"2026-11-23 05:51:47Z", "2026-11-23T05:51:47.000Z"},
        {"2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00.000Z"},
        {"2026-11-23T05:51:47.999999999Z", "2026-11-23T05:51:47.999Z"},
        {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
    };
    for (const auto& [text, expected] : cases) {
        const auto time = parse_rfc3339(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(format_rfc3339(*time), expected) << text;
    }
}

TEST(Time, RefusesEveryOtherText) {
    for (const char* text : {"",
                             "2026-11-23",
                             "2026-11-23T05:51:47",
                             "2026-11-23T05:51Z",
                             "2026-02-30T00:00:00Z",
                             "9999-12-31T23:59:59-01:00",
                             "0000-01-01T00:00:00+01:00",
                             "2025-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-10T00:00:00Z",
                             "2026-11-23T24:00:00Z",
                             "2026-11-23T05:60:00Z",
                             "2026-11-23T05:51:61Z",
                             "2026-11-23T05:51:47.Z",
                             "2026-11-23T05:51:47.1234567890Z",
                             "2026-11-23T05:51:47+24:00",
                             "2026-11-23T05:51:47+1:00",
                             "2026-11-23T05:51:47Z ",
                             " 2026-11-23T05:51:47Z",
                             "26-11-23T05:51:47Z",
                             "+026-11-23T05:51:47Z",
                             "2026/11/23T05:51:47Z"})
        EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Time, KeepsMicrosecondsAndWritesMilliseconds) {
    const Time time = *parse_rfc3339("2026-11-23T05:51:47.123999Z");
    EXPECT_EQ(time.time_since_epoch().count() % 1'000'000, 123'999);
    EXPECT_EQ(format_rfc3339(time), "2026-11-23T05:51:47.123Z");
}

}  // namespace
}  // namespace engram::base
