#include "modules/integration/import_times.hpp"

#include <gtest/gtest.h>

#include <string>

namespace engram::integration {
namespace {

std::string read(std::string_view text, std::optional<DateOrder> order = {}, const char* zone = "Europe/Berlin") {
    const auto time = parse_import_time(text, *base::TimeZone::find(zone), order);
    return time ? base::format_rfc3339(time->time) + " " + std::to_string(time->utc_offset_minutes) : "none";
}

TEST(ImportTimes, ReadsWhatProgramsWrite) {
    for (const auto& [text, time] : {
             std::pair("2024-07-05T10:00:00.5+02:00", "2024-07-05T08:00:00.500Z 120"),
             {"2024-07-05T10:00:00-0530", "2024-07-05T15:30:00.000Z -330"},
             {"2024-07-05T10:00:00Z", "2024-07-05T10:00:00.000Z 120"},
             {"2024-07-05 10:00:00 UTC", "2024-07-05T10:00:00.000Z 120"},
             {"2024-07-05", "2024-07-04T22:00:00.000Z 120"},
             {" 2024-01-05 10:00 ", "2024-01-05T09:00:00.000Z 60"},
             {"2024/1/5 10:00:07", "2024-01-05T09:00:07.000Z 60"},
             {"2024-01-05, 9:45 PM", "2024-01-05T20:45:00.000Z 60"},
             {"1704055500", "2023-12-31T20:45:00.000Z 60"},
             {"1704055500123", "2023-12-31T20:45:00.123Z 60"},
             {"1704055500123456", "2023-12-31T20:45:00.123Z 60"},
         })
        EXPECT_EQ(read(text), time) << text;
}

TEST(ImportTimes, ReadsTheOrderThatIsGiven) {
    EXPECT_EQ(read("03/04/2024"), "none");
    EXPECT_EQ(read("03/04/2024", DateOrder::kDayMonthYear, "UTC"), "2024-04-03T00:00:00.000Z 0");
    EXPECT_EQ(read("03/04/24 9:45 p.m.", DateOrder::kMonthDayYear, "UTC"), "2024-03-04T21:45:00.000Z 0");
    EXPECT_EQ(read("3. 4. 2024 21:45", DateOrder::kDayMonthYear, "UTC"), "2024-04-03T21:45:00.000Z 0");
    EXPECT_EQ(read("31/12/2024", DateOrder::kMonthDayYear), "none");
}

TEST(ImportTimes, RefusesWhatDoesNotExist) {
    for (const std::string text :
         {"", "yesterday", "2024", "20240305", "2023-02-29", "2024-13-01", "2024-01-05 25:00", "2024-01-05 10:60",
          "2024-01-05T", "2024-01-05 13:00 PM", "2024-01-05 10:00 +15:00", "2024-01-05 10:00 x", "202-01-05",
          "99999999999999999999999", "1e9", "-", "--", "2024--05", "2024-01-05 10:00:00."})
        EXPECT_EQ(read(text, DateOrder::kDayMonthYear), text.ends_with('.') ? "2024-01-05T09:00:00.000Z 60" : "none")
            << text;
    EXPECT_FALSE(unix_import_time(1e300, {}).has_value());
    EXPECT_FALSE(unix_import_time(-1e17, {}).has_value());
}

WrittenOrderGuess guess(std::initializer_list<const char*> texts) {
    WrittenOrderGuess all;
    for (const char* text : texts) all.see(parse_written_time(text).value());
    return all;
}

TEST(ImportTimes, GuessesTheOrderOfAColumn) {
    EXPECT_EQ(guess({"03/04/2024", "13/04/2024"}).order(), DateOrder::kDayMonthYear);
    EXPECT_EQ(guess({"03/04/2024", "03/14/2024"}).order(), DateOrder::kMonthDayYear);
    EXPECT_EQ(guess({"11/01/2024", "12/01/2024", "01/02/2024"}).order(), DateOrder::kDayMonthYear);
    EXPECT_EQ(guess({"01/02/2024", "12/01/2024", "11/01/2024"}).order(), DateOrder::kDayMonthYear);
    EXPECT_TRUE(guess({"01/02/2024", "12/01/2024", "11/01/2024"}).certain());
    EXPECT_FALSE(guess({"03/04/2024"}).certain());
    EXPECT_EQ(guess({"03/04/2024 9:00 AM"}).order(), DateOrder::kMonthDayYear);
    EXPECT_FALSE(guess({"2024-03-05"}).any());
    EXPECT_TRUE(guess({"2024-03-05"}).certain());
}

}  // namespace
}  // namespace engram::integration
