#include "base/time_zone.hpp"

#include <gtest/gtest.h>

namespace engram::base {
namespace {

TimeZone zone(const char* name) {
    const auto found = TimeZone::find(name);
    EXPECT_TRUE(found) << name;
    return found.value_or(TimeZone());
}

LocalTime wall(const std::string& text) { return LocalTime(parse_rfc3339(text + "Z")->time_since_epoch()); }

std::string utc(const char* name, const std::string& text) { return format_rfc3339(zone(name).to_utc(wall(text))); }

TEST(TimeZone, FollowsSummerTime) {
    EXPECT_EQ(utc("Europe/Berlin", "2024-01-15T12:00:00"), "2024-01-15T11:00:00.000Z");
    EXPECT_EQ(utc("Europe/Berlin", "2024-07-15T12:00:00"), "2024-07-15T10:00:00.000Z");
    EXPECT_EQ(utc("America/New_York", "2024-07-15T12:00:00"), "2024-07-15T16:00:00.000Z");
    EXPECT_EQ(zone("Europe/Berlin").offset_at(*parse_rfc3339("2024-07-15T12:00:00Z")), std::chrono::minutes(120));
    EXPECT_EQ(zone("Asia/Kolkata").offset_at(*parse_rfc3339("2024-07-15T12:00:00Z")), std::chrono::minutes(330));
}

TEST(TimeZone, KnowsTheHourThatCameTwiceAndTheOneThatWasLeftOut) {
    EXPECT_EQ(utc("Europe/Berlin", "2024-10-27T02:30:00"), "2024-10-27T00:30:00.000Z");
    EXPECT_EQ(utc("Europe/Berlin", "2024-03-31T02:30:00"), "2024-03-31T01:30:00.000Z");
}

TEST(TimeZone, TakesFixedOffsets) {
    EXPECT_EQ(utc("+02:00", "2024-01-15T12:00:00"), "2024-01-15T10:00:00.000Z");
    EXPECT_EQ(utc("-05:30", "2024-01-15T12:00:00"), "2024-01-15T17:30:00.000Z");
    EXPECT_EQ(utc("UTC", "2024-01-15T12:00:00"), "2024-01-15T12:00:00.000Z");
    EXPECT_EQ(zone("+02:00").name(), "+02:00");
}

TEST(TimeZone, RefusesWhatIsNone) {
    for (const char* name : {"", "Mars/Olympus", "+2", "+25:00", "+02:99", "Europe/Berlin\n", "../etc/passwd", "Z"})
        EXPECT_FALSE(TimeZone::find(name)) << name;
    EXPECT_FALSE(TimeZone::find(std::string(1000, 'a')));
}

}  // namespace
}  // namespace engram::base
