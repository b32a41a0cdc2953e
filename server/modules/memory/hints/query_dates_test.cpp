#include "modules/memory/hints/query_dates.hpp"

#include <gtest/gtest.h>

namespace engram::memory {
namespace {

using namespace std::chrono_literals;
using std::chrono::year_month_day;

constexpr LocalDay kToday(2024y / 3 / 31);

std::string spans(std::string_view text, LocalDay today = kToday) {
    const auto span = parse_days(text, today);
    return span ? text_of(span->from) + " " + text_of(span->to) : "";
}

TEST(QueryDates, AreYearsMonthsAndDays) {
    EXPECT_EQ(spans("2023"), "2023-01-01 2024-01-01");
    EXPECT_EQ(spans("2023-12"), "2023-12-01 2024-01-01");
    EXPECT_EQ(spans("2024-2"), "2024-02-01 2024-03-01");
    EXPECT_EQ(spans("2024-02-29"), "2024-02-29 2024-03-01");
    EXPECT_EQ(spans("2023/12/31"), "2023-12-31 2024-01-01");
    EXPECT_EQ(spans("2023.12.31"), "2023-12-31 2024-01-01");
    EXPECT_EQ(spans("0001"), "0001-01-01 0002-01-01");
}

TEST(QueryDates, CountBackFromToday) {
    EXPECT_EQ(spans("today"), "2024-03-31 2024-04-01");
    EXPECT_EQ(spans("Yesterday"), "2024-03-30 2024-03-31");
    EXPECT_EQ(spans("0d"), "2024-03-31 2024-04-01");
    EXPECT_EQ(spans("7d"), "2024-03-24 2024-03-25");
    EXPECT_EQ(spans("2w"), "2024-03-17 2024-03-18");
    EXPECT_EQ(spans("1m"), "2024-02-29 2024-03-01") << "February has no 31st";
    EXPECT_EQ(spans("3M"), "2023-12-31 2024-01-01");
    EXPECT_EQ(spans("1y", LocalDay(2024y / 2 / 29)), "2023-02-28 2023-03-01");
}

TEST(QueryDates, AreNothingElse) {
    for (const std::string_view text :
         {"",           "soon",       "d",     "-1d",      "1d2w",    "12345d",     "9999y",   "9999",
          "24",         "20245",      "2024-", "2024-13",  "2024-00", "2023-02-29", "2024-3-", "2024-03-09-01",
          "2024-03/09", "09.03.2024", "0000",  "2024-003", "2024:03", "\xff",       "２０２４"})
        EXPECT_EQ(spans(text), "") << text;
}

}  // namespace
}  // namespace engram::memory
