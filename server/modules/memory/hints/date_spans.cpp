#include "modules/memory/hints/date_spans.hpp"

#include <algorithm>

namespace engram::memory {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr days kLongSpan(89);  // a season, and what is longer: has thirds of whole months
constexpr int kSeasonMonths = 3, kQuarterMonths = 3, kLeapYears = 8;

LocalDay first_of(int year_number, int month_number) {
    return LocalDay(year(year_number) / month(static_cast<unsigned>(month_number)) / 1);
}

DaySpan months_from(LocalDay first, int count) { return {first, LocalDay(year_month_day(first) + months(count))}; }

LocalDay monday_of(LocalDay day) { return day - (std::chrono::weekday(day) - std::chrono::Monday); }

// By Meeus: the Sunday after the first full moon of spring.
LocalDay easter(int y) {
    const int a = y % 19, b = y / 100, c = y % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    return first_of(y, n / 31) + days(n % 31);
}

// The same by the calendar of Caesar, told by that of Gregory.
LocalDay orthodox_easter(int y) {
    const int d = (19 * (y % 19) + 15) % 30;
    const int e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    const int n = d + e + 114;
    return first_of(y, n / 31) + days(n % 31 + y / 100 - y / 400 - 2);
}

LocalDay fourth_thursday(int y) { return LocalDay(year(y) / std::chrono::November / std::chrono::Thursday[4]); }

DaySpan of(LocalDay first, int count) { return {first, first + days(count)}; }

DaySpan holiday_in(Holiday holiday, int y) {
    switch (holiday) {
        case Holiday::kChristmas:
            return of(first_of(y, 12) + days(23), 3);
        case Holiday::kChristmasEve:
            return of(first_of(y, 12) + days(23), 1);
        case Holiday::kNewYearsEve:
            return of(first_of(y, 12) + days(30), 1);
        case Holiday::kNewYear:
            return of(first_of(y, 1) - days(1), 2);
        case Holiday::kHalloween:
            return of(first_of(y, 10) + days(30), 1);
        case Holiday::kValentine:
            return of(first_of(y, 2) + days(13), 1);
        case Holiday::kEaster:
            return of(easter(y) - days(2), 4);
        case Holiday::kPentecost:
            return of(easter(y) + days(49), 2);
        case Holiday::kThanksgiving:
            return of(fourth_thursday(y), 1);
        case Holiday::kNicholas:
            return of(first_of(y, 12) + days(4), 2);
        case Holiday::kOrthodoxChristmas:
            return of(first_of(y, 1) + days(6), 1);
        case Holiday::kOrthodoxEaster:
            return of(orthodox_easter(y), 1);
    }
    return {};
}

bool in_calendar(int y) { return y >= kYearMin && y <= kYearMax; }

}  // namespace

int year_of(LocalDay day) { return static_cast<int>(year_month_day(day).year()); }

int days_ahead_of(Holiday holiday) {
    switch (holiday) {
        case Holiday::kChristmas:
        case Holiday::kChristmasEve:
        case Holiday::kOrthodoxChristmas:
            return 28;
        case Holiday::kNewYearsEve:
        case Holiday::kNewYear:
        case Holiday::kHalloween:
        case Holiday::kThanksgiving:
        case Holiday::kPentecost:
            return 0;
        default:
            return 14;
    }
}

std::optional<DaySpan> in_year(const Yearly& what, int y) {
    if (!in_calendar(y)) return std::nullopt;
    switch (what.kind) {
        case Yearly::Kind::kMonth:
            return months_from(first_of(y, what.number), 1);
        case Yearly::Kind::kSeason:
            return months_from(first_of(y, kSeasonMonths * (what.number + 1)), kSeasonMonths);
        case Yearly::Kind::kQuarter:
            return months_from(first_of(y, kQuarterMonths * (what.number - 1) + 1), kQuarterMonths);
        case Yearly::Kind::kHoliday:
            return holiday_in(static_cast<Holiday>(what.number), y);
        case Yearly::Kind::kDays:
            break;
    }
    const auto date = [&](int number) {
        return year(y) / month(static_cast<unsigned>(what.number)) / day(static_cast<unsigned>(number));
    };
    if (!date(what.day).ok() || !date(what.last_day).ok()) return std::nullopt;
    return DaySpan{LocalDay(date(what.day)), LocalDay(date(what.last_day)) + days(1)};
}

std::optional<DaySpan> last_begun(const Yearly& what, LocalDay today) {
    for (int y = year_of(today); y >= year_of(today) - kLeapYears; --y)
        if (const auto span = in_year(what, y); span && span->from <= today) return span;
    return std::nullopt;
}

std::optional<DaySpan> shifted(const Yearly& what, int shift, LocalDay today) {
    const int now = year_of(today);
    if (shift > 0) {
        for (int y = now; y <= now + kLeapYears; ++y)
            if (const auto span = in_year(what, y); span && span->from > today) return span;
        return std::nullopt;
    }
    if (shift == 0) {
        const auto before = in_year(what, now - 1);  // the winter of January, and of the spring that follows
        const bool is_winter = what.kind == Yearly::Kind::kSeason && what.number == 3;
        if (is_winter && today < first_of(now, 6)) return before;
        return in_year(what, now);
    }
    for (int y = now; y >= now - kLeapYears; --y)
        if (const auto span = in_year(what, y); span && span->to <= today && ++shift == 0) return span;
    return std::nullopt;
}

DaySpan around(CalendarUnit unit, LocalDay day) {
    const year_month_day date(day);
    const int y = static_cast<int>(date.year());
    const int m = static_cast<int>(static_cast<unsigned>(date.month()));
    switch (unit) {
        case CalendarUnit::kDay:
            break;
        case CalendarUnit::kWeek:
            return of(monday_of(day), 7);
        case CalendarUnit::kWeekend:
            return of(monday_of(day) + days(5), 2);
        case CalendarUnit::kMonth:
            return months_from(first_of(y, m), 1);
        case CalendarUnit::kQuarter:
            return months_from(first_of(y, m - (m - 1) % kQuarterMonths), kQuarterMonths);
        case CalendarUnit::kYear:
            return months_from(first_of(y, 1), 12);
    }
    return of(day, 1);
}

std::optional<LocalDay> moved(LocalDay day, CalendarUnit unit, int count) {
    year_month_day date(day);
    if (unit == CalendarUnit::kDay) date = year_month_day(day + days(count));
    if (unit == CalendarUnit::kWeek || unit == CalendarUnit::kWeekend) date = year_month_day(day + days(7 * count));
    if (unit == CalendarUnit::kMonth) date += months(count);
    if (unit == CalendarUnit::kQuarter) date += months(kQuarterMonths * count);
    if (unit == CalendarUnit::kYear) date += years(count);
    if (!in_calendar(static_cast<int>(date.year()))) return std::nullopt;
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return LocalDay(date);
}

std::optional<DaySpan> shifted(CalendarUnit unit, int shift, LocalDay today) {
    const auto day = moved(around(unit, today).from, unit, shift);
    if (!day) return std::nullopt;
    return around(unit, *day);
}

std::optional<DaySpan> shifted_weekday(int weekday, int shift, LocalDay today) {
    LocalDay day = monday_of(today) + days(weekday - 1);
    if (shift < 0 && day >= today) day -= days(7);
    if (shift > 0 && day <= today) day += days(7);
    const int more = shift < 0 ? shift + 1 : shift > 0 ? shift - 1 : 0;
    const auto found = moved(day, CalendarUnit::kWeek, more);
    if (!found) return std::nullopt;
    return of(*found, 1);
}

std::optional<DaySpan> years_from(int first_year, int count) {
    if (!in_calendar(first_year) || !in_calendar(first_year + count)) return std::nullopt;
    return DaySpan{first_of(first_year, 1), first_of(first_year + count, 1)};
}

DaySpan third(const DaySpan& whole, int part) {
    const auto length = whole.to - whole.from;
    const year_month_day first(whole.from);
    const auto after = [&](int thirds) {
        if (length < kLongSpan) return whole.from + thirds * length / 3;
        const auto all = std::chrono::round<months>(length);
        return LocalDay(first + thirds * all / 3);
    };
    return {after(part), part == 2 ? whole.to : after(part + 1)};
}

DaySpan part_of_year(int y, int part) {
    constexpr int kEdgeMonths = 2;
    if (part == 1) return third(months_from(first_of(y, 1), 12), part);
    return months_from(first_of(y, part == 0 ? 1 : 13 - kEdgeMonths), kEdgeMonths);
}

}  // namespace engram::memory
