#include "modules/memory/hints/date_fixture.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace engram::memory {
namespace {

using namespace std::chrono_literals;

constexpr DateRow kEnglishRows[]{
    {"today", "today: 2024-03-31"},
    {"yesterday", "yesterday: 2024-03-30"},
    {"the day before yesterday", "day before yesterday: 2024-03-29"},
    {"what did I do last summer", "last summer: 2023-06-01..2023-08-31"},
    {"last night's dinner", "last night: 2024-03-30..2024-03-31"},
    {"this morning", "this morning: 2024-03-31"},
    {"last week", "last week: 2024-03-18..2024-03-24"},
    {"two weeks ago", "two weeks ago: 2024-03-11..2024-03-17"},
    {"a week ago", "a week ago: 2024-03-18..2024-03-24"},
    {"a few weeks ago", "a few weeks ago: 2024-02-19..2024-03-17"},
    {"a couple of months ago", "a couple of months ago: 2024-01-01..2024-01-31"},
    {"10 years ago", "10 years ago: 2014-01-01..2014-12-31"},
    {"half a year ago", "half a year ago: 2023-09-01..2023-09-30"},
    {"last 3 days", "last 3 days: 2024-03-28..2024-03-31"},
    {"in the past two weeks", "in the past two weeks: 2024-03-17..2024-03-31"},
    {"past month", "past month: 2024-02-29..2024-03-31"},
    {"on monday", "on monday: 2024-03-25"},
    {"last friday", "last friday: 2024-03-29"},
    {"monday meeting", "monday: 2024-03-25 weekly"},
    {"every tuesday", "every tuesday: 2024-03-26 weekly"},
    {"mondays", "mondays: 2024-03-25 weekly"},
    {"friday, 13 march 2024", "friday, 13 march 2024: 2024-03-13"},
    {"in March", "in March: 2024-03-01..2024-03-31 yearly"},
    {"in March 2024", "in March 2024: 2024-03-01..2024-03-31"},
    {"march 2024", "march 2024: 2024-03-01..2024-03-31"},
    {"in may", "in may: 2023-05-01..2023-05-31 yearly"},
    {"may 5", "may 5: 2023-05-05 yearly"},
    {"trip in May", "in May: 2023-05-01..2023-05-31 yearly"},
    {"our May trip", "May: 2023-05-01..2023-05-31 yearly"},
    {"last fall", "last fall: 2023-09-01..2023-11-30"},
    {"summer 2023", "summer 2023: 2023-06-01..2023-08-31"},
    {"summer of 2023", "summer of 2023: 2023-06-01..2023-08-31"},
    {"winter 2023/24", "winter 2023/24: 2023-12-01..2024-02-29"},
    {"last winter", "last winter: 2023-12-01..2024-02-29"},
    {"this winter", "this winter: 2023-12-01..2024-02-29"},
    {"in 2023", "in 2023: 2023-01-01..2023-12-31"},
    {"3.4.2024", "3.4.2024: 2024-04-03"},
    {"2024-03-09", "2024-03-09: 2024-03-09"},
    {"03/09/2024", "03/09/2024: 2024-03-09"},
    {"13/09/2024", "13/09/2024: 2024-09-13"},
    {"9.3.2024", "9.3.2024: 2024-03-09"},
    {"in 2024-03", "in 2024-03: 2024-03-01..2024-03-31"},
    {"03/2024", "03/2024: 2024-03-01..2024-03-31"},
    {"on 9.3.", "on 9.3: 2024-03-09 yearly"},
    {"in the 90s", "in the 90s: 1990-01-01..1999-12-31"},
    {"1990s music", "1990s: 1990-01-01..1999-12-31"},
    {"the '80s", "80s: 1980-01-01..1989-12-31"},
    {"christmas", "christmas: 2023-12-24..2023-12-26 yearly"},
    {"last christmas", "last christmas: 2023-12-24..2023-12-26"},
    {"christmas 2022", "christmas 2022: 2022-12-24..2022-12-26"},
    {"at easter", "at easter: 2024-03-29..2024-04-01 yearly"},
    {"easter 2024", "easter 2024: 2024-03-29..2024-04-01"},
    {"halloween", "halloween: 2023-10-31 yearly"},
    {"between March and May 2023", "between March and May 2023: 2023-03-01..2023-05-31"},
    {"between march and may", "between march and may: 2024-03-01..2024-05-31 yearly"},
    {"from 3 to 9 June", "from 3 to 9 June: 2023-06-03..2023-06-09 yearly"},
    {"3-9 June 2023", "3-9 June 2023: 2023-06-03..2023-06-09"},
    {"June 3-9", "June 3-9: 2023-06-03..2023-06-09 yearly"},
    {"since March", "since March: 2024-03-01.."},
    {"before 2020", "before 2020: ..2019-12-31"},
    {"until yesterday", "until yesterday: ..2024-03-30"},
    {"after christmas", "after christmas: 2023-12-27.."},
    {"since last summer", "since last summer: 2023-06-01.."},
    {"from 2019 to 2021", "from 2019 to 2021: 2019-01-01..2021-12-31"},
    {"in 2019-2021", "in 2019-2021: 2019-01-01..2021-12-31"},
    {"march to may 2024", "march to may 2024: 2024-03-01..2024-05-31"},
    {"last year in March", "last year in March: 2023-03-01..2023-03-31"},
    {"March last year", "March last year: 2023-03-01..2023-03-31"},
    {"christmas last year", "christmas last year: 2023-12-24..2023-12-26"},
    {"late March", "late March: 2024-03-21..2024-03-31 yearly"},
    {"end of 2023", "end of 2023: 2023-11-01..2023-12-31"},
    {"beginning of last year", "beginning of last year: 2023-01-01..2023-02-28"},
    {"Q1 2024", "Q1 2024: 2024-01-01..2024-03-31"},
    {"last quarter", "last quarter: 2023-10-01..2023-12-31"},
    {"in q3", "in q3: 2023-07-01..2023-09-30 yearly"},
    {"this weekend", "this weekend: 2024-03-30..2024-03-31"},
    {"last weekend", "last weekend: 2024-03-23..2024-03-24"},
    {"at the weekend", "at the weekend: 2024-03-30..2024-03-31 weekly"},
    {"week before last", "week before last: 2024-03-11..2024-03-17"},
    {"the summer before last", "summer before last: 2022-06-01..2022-08-31"},
    {"recipes from 2023", "from 2023: 2023-01-01..2023-12-31"},
    {"photos from March", "from March: 2024-03-01..2024-03-31 yearly"},
    {"April", "April: 2023-04-01..2023-04-30 yearly"},
    {"3rd of March", "3rd of March: 2024-03-03 yearly"},
    {"the 3rd of march, 2023", "3rd of march, 2023: 2023-03-03"},
    {"march 3rd", "march 3rd: 2024-03-03 yearly"},
    {"March 3, 2021", "March 3, 2021: 2021-03-03"},
    {"yesterday and today", "yesterday: 2024-03-30; today: 2024-03-31 or"},
    {"yesterday evening", "yesterday evening: 2024-03-30"},
    {"since two weeks", "since two weeks: 2024-03-17.."},
    {"on 3/9/24", "on 3/9/24: 2024-03-09"},
    {"march '22", "march '22: 2022-03-01..2022-03-31"},
    {"on sat", "on sat: 2024-03-30"},
    {"Sat 3 March", "Sat 3 March: 2024-03-03 yearly"},
    {"sunday roast", "sunday: 2024-03-24 weekly"},
    {"over the weekend", "over the weekend: 2024-03-30..2024-03-31 weekly"},
    {"over the last two years", "over the last two years: 2022-03-31..2024-03-31"},
    {"during last summer's trip", "during last summer's: 2023-06-01..2023-08-31"},
    {"dinner on march 3rd with anna", "on march 3rd: 2024-03-03 yearly"},
    {"what happened between 3 March 2023 and 5 April 2023?",
     "between 3 March 2023 and 5 April 2023: 2023-03-03..2023-04-05"},
    {"anna's birthday on 3 May, and the trip last week",
     "on 3 May: 2023-05-03 yearly; last week: 2024-03-18..2024-03-24"},
    {"summer 2022 and summer 2023", "summer 2022: 2022-06-01..2022-08-31; summer 2023: 2023-06-01..2023-08-31 or"},
    {"in 2022 and 2023", "in 2022: 2022-01-01..2022-12-31; 2023: 2023-01-01..2023-12-31 or"},
    {"Paris, May 2019", "May 2019: 2019-05-01..2019-05-31"},
    {"Paris (May 2019)", "May 2019: 2019-05-01..2019-05-31"},
    {"Paris;May 2019", "May 2019: 2019-05-01..2019-05-31"},
    {"early 2023", "early 2023: 2023-01-01..2023-04-30"},
    {"mid 2023", "mid 2023: 2023-05-01..2023-08-31"},
    {"at the end of last year", "at the end of last year: 2023-11-01..2023-12-31"},
    {"start of the year", "start of the year: 2024-01-01..2024-02-29"},
    {"at the end of the year", "at the end of the year: 2023-11-01..2023-12-31"},
    {"middle of the year", "middle of the year: 2023-05-01..2023-08-31"},
    {"beginning of the year 2023", "beginning of the year 2023: 2023-01-01..2023-02-28"},
    {"late last year", "late last year: 2023-09-01..2023-12-31"},
    {"end of last month", "end of last month: 2024-02-20..2024-02-29"},
    {"tonight", "tonight: 2024-03-31"},
    {"tomorrow", "tomorrow: 2024-04-01"},
    {"next week", "next week: 2024-04-01..2024-04-07"},
    {"next friday", "next friday: 2024-04-05"},
    {"next summer", "next summer: 2024-06-01..2024-08-31"},
    {"new year's eve", "new year's eve: 2023-12-31 yearly"},
    {"thanksgiving 2023", "thanksgiving 2023: 2023-11-23"},
    {"valentine's day", "valentine's day: 2024-02-14 yearly"},
    {"easter 2023", "easter 2023: 2023-04-07..2023-04-10"},
};

TEST(DatePhrases, NameDays) {
    for (const auto& [text, hints] : kEnglishRows) EXPECT_EQ(hints_of(text), hints);
}

constexpr std::string_view kNoDays[]{"march of the penguins",
                                     "may I",
                                     "Theresa May",
                                     "second floor",
                                     "sun cream",
                                     "fall down the stairs",
                                     "room 2024",
                                     "2024",
                                     "version 3.4.2024",
                                     "in her 30s",
                                     "2019-2021",
                                     "may be the last",
                                     "this may be it",
                                     "10:30",
                                     "https://x.org/2024-03-09",
                                     "#2023",
                                     "in 3 days",
                                     "good friday",
                                     "COVID-2019",
                                     "between 2 and 3",
                                     "after the war",
                                     "on mars",
                                     "mars bar",
                                     "dinner in sat nav",
                                     "second opinion",
                                     "sat nav",
                                     "last page",
                                     "last day of school",
                                     "next door",
                                     "this is it",
                                     "one day",
                                     "two days",
                                     "three months old",
                                     "5 years warranty",
                                     "in the second week",
                                     "on the road",
                                     "at the end of the day",
                                     "end of the world",
                                     "before sunset",
                                     "since forever",
                                     "from anna",
                                     "from 3 to 9",
                                     "between jobs",
                                     "to be or not to be",
                                     "may the fourth be with you",
                                     "the march of time",
                                     "March Madness",
                                     "mark may come",
                                     "mon ami",
                                     "mar mediterraneo",
                                     "marco polo",
                                     "martin luther king",
                                     "mars attacks",
                                     "noel gallagher",
                                     "spring cleaning",
                                     "hot spring",
                                     "summer dress",
                                     "winter coat",
                                     "fall guy",
                                     "autumn leaves",
                                     "quarter pounder",
                                     "half past two",
                                     "past participle",
                                     "in 10 minutes",
                                     "version 2.0.2024",
                                     "192.168.1.1",
                                     "+49 151 2023 2024",
                                     "10/2",
                                     "3.14",
                                     "v3.4.2024",
                                     "order 2023-11-4567",
                                     "2023-13-45",
                                     "30.2.2024",
                                     "32.1.2024",
                                     "A4 2024",
                                     "$2023",
                                     "50 % of 2023",
                                     "2024th",
                                     "0000",
                                     "9999 years ago",
                                     "0 days ago",
                                     "in 0000",
                                     "99999 days ago",
                                     "anna 2023",
                                     "windows 2000",
                                     "class of 2020",
                                     "area 51",
                                     "catch 22",
                                     "7 eleven",
                                     "nine inch nails",
                                     "monday.com",
                                     "black friday",
                                     "the last time",
                                     "one last thing",
                                     "each day",
                                     "every week",
                                     "every year",
                                     "day",
                                     "week",
                                     "month",
                                     "year",
                                     "year in review",
                                     "a year in provence",
                                     "100 years of solitude",
                                     "2022 and 2023",
                                     "start of the school year",
                                     "end of the month",
                                     "end of years of war",
                                     "monday.com",
                                     "#march",
                                     "/today/",
                                     "https://x.org/today/march-2024",
                                     "",
                                     "\xff 2024 \xc3",
                                     "in \xe5 2024x"};

TEST(DatePhrases, AreNotEveryWordThatMayBeOne) {
    for (const std::string_view text : kNoDays) EXPECT_EQ(hints_of(text), "") << text;
}

TEST(DatePhrases, CountFromToday) {
    struct Case {
        LocalDay today;
        std::string_view text, hints;
    };
    for (const auto& [today, text, hints] : std::vector<Case>{
             {LocalDay(2024y / 1 / 1), "yesterday", "yesterday: 2023-12-31"},
             {LocalDay(2024y / 1 / 1), "last month", "last month: 2023-12-01..2023-12-31"},
             {LocalDay(2024y / 1 / 1), "last week", "last week: 2023-12-25..2023-12-31"},
             {LocalDay(2024y / 1 / 1), "last quarter", "last quarter: 2023-10-01..2023-12-31"},
             {LocalDay(2024y / 1 / 1), "on monday", "on monday: 2023-12-25"},
             {LocalDay(2024y / 1 / 2), "on monday", "on monday: 2024-01-01"},
             {LocalDay(2024y / 1 / 10), "last winter", "last winter: 2022-12-01..2023-02-28"},
             {LocalDay(2024y / 1 / 10), "this winter", "this winter: 2023-12-01..2024-02-29"},
             {LocalDay(2024y / 10 / 10), "this winter", "this winter: 2024-12-01..2025-02-28"},
             {LocalDay(2024y / 1 / 10), "last christmas", "last christmas: 2023-12-24..2023-12-26"},
             {LocalDay(2024y / 12 / 25), "last christmas", "last christmas: 2023-12-24..2023-12-26"},
             {LocalDay(2024y / 12 / 25), "at christmas", "at christmas: 2024-12-24..2024-12-26 yearly"},
             {LocalDay(2024y / 7 / 15), "last summer", "last summer: 2023-06-01..2023-08-31"},
             {LocalDay(2024y / 9 / 1), "last summer", "last summer: 2024-06-01..2024-08-31"},
             {LocalDay(2024y / 3 / 1), "in march", "in march: 2024-03-01..2024-03-31 yearly"},
             {LocalDay(2024y / 2 / 29), "in march", "in march: 2023-03-01..2023-03-31 yearly"},
             {LocalDay(2024y / 2 / 29), "a year ago", "a year ago: 2023-01-01..2023-12-31"},
             {LocalDay(2024y / 2 / 29), "last 12 months", "last 12 months: 2023-02-28..2024-02-29"},
             {LocalDay(2023y / 3 / 5), "29 february", "29 february: 2020-02-29 yearly"},
             {LocalDay(2024y / 3 / 31), "29 february 2023", "february 2023: 2023-02-01..2023-02-28"},
             {LocalDay(2024y / 11 / 5), "between november and february",
              "between november and february: 2024-11-01..2025-02-28 yearly"},
             {LocalDay(2024y / 11 / 5), "from december to march 2023",
              "from december to march 2023: 2022-12-01..2023-03-31"},
             {LocalDay(2024y / 11 / 5), "from monday to wednesday", "from monday to wednesday: 2024-11-04..2024-11-06"},
             {LocalDay(2029y / 5 / 5), "in the 20s", "in the 20s: 2020-01-01..2029-12-31"},
             {LocalDay(2029y / 5 / 5), "in the 30s", "in the 30s: 1930-01-01..1939-12-31"},
         })
        EXPECT_EQ(hints_of(text, today), hints) << text_of(today);
}

TEST(DatePhrases, AskForTodayOnlyWhereItMatters) {
    const AskToday nobody = []() -> LocalDay { throw std::logic_error("asked"); };
    for (const std::string_view text : {"boiler room", "in 2023", "March 2024", "between 3 and 9 May 2023", "9.3.2024",
                                        "may I", "the last of the boilers", "summer 2022", "1990s"})
        EXPECT_NO_THROW(find_date_hints(text, nobody)) << text;
    EXPECT_THROW(find_date_hints("yesterday", nobody), std::logic_error);
}

TEST(DatePhrases, TellWhichWordsATextMayHaveToo) {
    const auto named = [](std::string_view text) {
        const auto hints = find_date_hints(text, [] { return kToday; });
        return hints.size() == 1 && hints[0].named;
    };
    for (const std::string_view text :
         {"in March", "March 2024", "in 2023", "at christmas", "on monday", "summer 2023"})
        EXPECT_TRUE(named(text)) << text;
    for (const std::string_view text : {"yesterday", "last summer", "two weeks ago", "this month"})
        EXPECT_FALSE(named(text)) << text;
}

TEST(DatePhrases, KnowTheDayOfTheWeekThatComesBack) {
    const auto weekday = [](std::string_view text) {
        return find_date_hints(text, [] { return kToday; }).at(0).weekday;
    };
    EXPECT_EQ(weekday("every tuesday"), 2);
    EXPECT_EQ(weekday("sundays"), 7);
    EXPECT_EQ(weekday("last friday"), std::nullopt);
    EXPECT_EQ(weekday("at the weekend"), std::nullopt);
}

TEST(DatePhrases, StayWithinTheText) {
    std::string all;
    for (const DateRow& row : kEnglishRows) (all += row.text) += "; ";
    const auto hints = find_date_hints(all, [] { return kToday; });
    EXPECT_GE(hints.size(), std::size(kEnglishRows));
    std::size_t last = 0;
    for (const DateHint& hint : hints) {
        EXPECT_LE(last, hint.begin);
        EXPECT_LT(hint.begin, hint.end);
        EXPECT_LT(hint.days.from, hint.days.to);
        last = hint.end;
    }
    EXPECT_LE(last, all.size());
}

}  // namespace
}  // namespace engram::memory
