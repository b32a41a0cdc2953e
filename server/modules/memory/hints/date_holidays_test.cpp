#include <gtest/gtest.h>

#include "modules/memory/hints/date_fixture.hpp"

namespace engram::memory {
namespace {

constexpr DateRow kYearElsewhere[]{
    {"christmas presents 2021", "christmas: 2021-12-24..2021-12-26"},
    {"2021 presents for christmas", "christmas: 2021-12-24..2021-12-26"},
    {"christmas tree 2021", "christmas: 2021-12-24..2021-12-26"},
    {"easter trip 2023", "easter: 2023-04-07..2023-04-10"},
    {"march invoices 2022", "march: 2022-03-01..2022-03-31"},
    {"April rent 2022", "April: 2022-04-01..2022-04-30"},
    {"summer holidays 2022", "summer: 2022-06-01..2022-08-31"},
    {"summer holiday photos 2022", "summer: 2022-06-01..2022-08-31"},
    {"dentist on 3 May, bill of 2021", "on 3 May: 2021-05-03"},
    {"march to may invoices 2022", "march to may: 2022-03-01..2022-05-31"},
    {"from December to March ski passes 2022", "from December to March: 2021-12-01..2022-03-31"},
    {"in March or April, invoices 2022", "in March: 2022-03-01..2022-03-31; April: 2022-04-01..2022-04-30 or"},
    {"Weihnachten Geschenke 2021", "Weihnachten: 2021-12-24..2021-12-26"},
    {"Sommer Fotos 2022", "Sommer: 2022-06-01..2022-08-31"},
    {"photos de l'été en Bretagne 2022", "de l'été: 2022-06-01..2022-08-31"},
    {"presents for christmas in 2021", "christmas in 2021: 2021-12-24..2021-12-26"},
    {"christmas presents in 2021", "christmas: 2021-12-24..2021-12-26; in 2021: 2021-01-01..2021-12-31"},
    {"christmas presents last year", "christmas: 2023-12-24..2023-12-26; last year: 2023-01-01..2023-12-31"},
    {"easter trip, room 2021", "easter: 2024-03-29..2024-04-01 yearly"},
    {"top 2000 at christmas", "at christmas: 2023-12-24..2023-12-26 yearly"},
    {"at christmas a bonus of 2000 euros", "at christmas: 2023-12-24..2023-12-26 yearly"},
    {"at christmas in 2150", "at christmas: 2023-12-24..2023-12-26 yearly"},
    {"at christmas 2021 2022 2023", "at christmas 2021: 2021-12-24..2021-12-26"},
    {"easter photos of 2021, 2022", "easter: 2024-03-29..2024-04-01 yearly"},
    {"at easter since 2021", "at easter: 2024-03-29..2024-04-01 yearly; since 2021: 2021-01-01.."},
};

TEST(DateHolidays, TheYearMayStandElsewhere) {
    for (const auto& [text, hints] : kYearElsewhere) EXPECT_EQ(hints_of(text), hints);
}

TEST(DateHolidays, AYearAloneIsNoneOfAWordThatIsNoName) {
    for (const std::string_view text :
         {"room 2024", "top 2000", "boiler 2021", "what may happen 2022", "mark may come 2022",
          "march of the penguins 2022", "j'ai été malade 2022", "Mei's present 2022"})
        EXPECT_EQ(hints_of(text), "") << text;
}

constexpr DateRow kEvents[]{
    {"christmas presents", "christmas: 2023-12-24..2023-12-26 yearly"},
    {"Christmas card list", "Christmas: 2023-12-24..2023-12-26 yearly"},
    {"christmas gift ideas for mum", "christmas: 2023-12-24..2023-12-26 yearly"},
    {"easter shopping", "easter: 2024-03-29..2024-04-01 yearly"},
    {"Weihnachtsgeschenke für Oma", "Weihnachtsgeschenke: 2023-12-24..2023-12-26 yearly"},
    {"Weihnachtsgeschenke für Oma 2021", "Weihnachtsgeschenke: 2021-12-24..2021-12-26"},
    {"Osterferien 2023", "Osterferien 2023: 2023-04-07..2023-04-10"},
    {"cadeaux de Noël", "de Noël: 2023-12-24..2023-12-26 yearly"},
    {"idées de cadeaux de Noël 2021", "de Noël 2021: 2021-12-24..2021-12-26"},
    {"regalos de Navidad", "de Navidad: 2023-12-24..2023-12-26 yearly"},
    {"regali di Natale", "di Natale: 2023-12-24..2023-12-26 yearly"},
    {"presentes de Natal", "de Natal: 2023-12-24..2023-12-26 yearly"},
    {"kerstcadeaus", "kerstcadeaus: 2023-12-24..2023-12-26 yearly"},
};

TEST(DateHolidays, WhatIsDoneForThemNamesTheirDays) {
    for (const auto& [text, hints] : kEvents) EXPECT_EQ(hints_of(text), hints);
    for (const std::string_view text : {"christmas tree", "easter egg hunt", "Weihnachtsbaum", "sapin de noël"})
        EXPECT_EQ(hints_of(text), "") << text;
}

TEST(DateHolidays, MuchIsToldInTheWeeksBefore) {
    const auto ahead = [](std::string_view text) {
        return find_date_hints(text, [] { return kToday; }).at(0).days_ahead;
    };
    EXPECT_EQ(ahead("christmas presents"), 28);
    EXPECT_EQ(ahead("last christmas"), 28);
    EXPECT_EQ(ahead("at easter"), 14);
    EXPECT_EQ(ahead("during thanksgiving"), 0);
    EXPECT_EQ(ahead("the day before christmas"), 0);
    EXPECT_EQ(ahead("in december"), 0);
}

}  // namespace
}  // namespace engram::memory
