// The calendar behind the words of days: weeks, months, seasons, holidays. Pure. Everything stays within the years 1 to
// 9998; what does not is nothing.
#pragma once

#include <optional>

#include "modules/memory/hints/query_dates.hpp"

namespace engram::memory {

enum class CalendarUnit { kDay, kWeek, kWeekend, kMonth, kQuarter, kYear };

// Weeks begin on Monday.
enum class Holiday {
    kChristmas,
    kChristmasEve,
    kNewYearsEve,
    kNewYear,  // the eve and the day
    kHalloween,
    kValentine,
    kEaster,
    kPentecost,
    kThanksgiving,
    kNicholas,
    kOrthodoxChristmas,
    kOrthodoxEaster,
};

// Something that comes once a year.
struct Yearly {
    enum class Kind { kMonth, kDays, kSeason, kQuarter, kHoliday };
    Kind kind = Kind::kMonth;
    int number = 0;             // month, month, season (0: spring, of the northern half of the earth), quarter, Holiday
    int day = 0, last_day = 0;  // of kDays, both included
};

int year_of(LocalDay day);

// How many days before a holiday much of what is told is about it: presents, guests, trips.
int days_ahead_of(Holiday holiday);

// The one that begins in that year: its winter ends in the next. Nothing for 29 February in most years.
std::optional<DaySpan> in_year(const Yearly& what, int year);

// The nearest one that has begun; without one for four years, nothing.
std::optional<DaySpan> last_begun(const Yearly& what, LocalDay today);

// shift -1: the last one that is over, -2: the one before; 0: this year's; 1: the first that has not begun.
std::optional<DaySpan> shifted(const Yearly& what, int shift, LocalDay today);

// The unit that `day` is in; of a weekend that of its week.
DaySpan around(CalendarUnit unit, LocalDay day);

// The day that is so many units later; where a month is too short, its last.
std::optional<LocalDay> moved(LocalDay day, CalendarUnit unit, int count);

// The unit so many later than the one that `today` is in.
std::optional<DaySpan> shifted(CalendarUnit unit, int shift, LocalDay today);

// weekday: 1 (Monday) to 7. shift 0: of this week; -1: the last one before today; 1: the next one.
std::optional<DaySpan> shifted_weekday(int weekday, int shift, LocalDay today);

std::optional<DaySpan> years_from(int first_year, int count);

// part 0: its beginning, 1: its middle, 2: its end; about a third each.
DaySpan third(const DaySpan& whole, int part);

// The same of a year, whose beginning and end are two months.
DaySpan part_of_year(int year_number, int part);

}  // namespace engram::memory
