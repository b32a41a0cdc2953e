// Days of the week: "on Monday", "every Tuesday", "at the weekend".
#include "modules/memory/hints/date_items.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;

// "the weekend", also "the weekend with Anna"; not "the weekend edition".
bool is_the_one(const HintCursor& begin, const HintCursor& end) {
    const bool article = begin.previous() != nullptr && begin.previous()->has(kArticle);
    return article && (end.token() == nullptr || !end.token()->words.empty());
}

DaySpan day_of(LocalDay monday, int weekday) { return {monday + days(weekday - 1), monday + days(weekday)}; }

}  // namespace

// What a weekday is of: "Friday, 13 March", "Monday of last week".
std::optional<DateItem> DateItems::read_behind_weekday(const HintCursor& at, int weekday,
                                                       const DateContext& context) const {
    const DateContext bare{.on = context.on};
    auto date = read_named(at, bare);
    if (!date || !date->yearly || date->yearly->kind != Yearly::Kind::kDays) date = read_numerals(at, bare);
    if (date) return date;
    HintCursor behind = at;
    behind.skip_any({kOf, kArticle});
    const auto week = read_unit(behind, {});
    if (!week || week->days.to - week->days.from != days(7)) return std::nullopt;
    behind.go_to(week->end, week->languages);
    return item(behind, day_of(week->days.from, weekday));
}

// "on Monday", "last Friday", "every Tuesday", "lundi dernier"
std::optional<DateItem> DateItems::read_weekday(HintCursor at, const DateContext& context) const {
    const bool is_code = at.previous() != nullptr && at.previous()->has(kCode);  // "Good Friday"
    const bool every = at.skip(kEvery);
    const HintWord* relative = every ? nullptr : at.take(kRelative);
    const HintWord* plural = relative == nullptr ? at.take(kWeekdays) : nullptr;
    const HintWord* weekday = plural != nullptr ? plural : at.take(kWeekday);
    if (weekday == nullptr) return std::nullopt;
    const bool each = every || plural != nullptr;
    if (relative == nullptr && !each) relative = at.take(kRelativeBehind);
    if (relative == nullptr && !each)
        if (auto more = read_behind_weekday(at, weekday->value, context)) return more;
    const bool asked = context.on || context.in || relative != nullptr;
    if ((weekday->weak && !context.on && relative == nullptr) || (is_code && !asked && !each)) return std::nullopt;
    const int shift = relative != nullptr ? relative->value : -1;
    auto span = shifted_weekday(weekday->value, shift, ask_today_());
    if (relative != nullptr && at.languages() == kChinese)  // "上周一" is one of last week
        if (const auto week = shifted(CalendarUnit::kWeek, shift, ask_today_()))
            span = day_of(week->from, weekday->value);
    auto found = item(at, span);
    if (!found) return std::nullopt;
    if (each || !asked) found->repeats = Repeats::kWeekly;
    found->weekday = weekday->value;
    found->has_year = relative != nullptr;
    found->named = true;
    return found;
}

// "at the weekend", "the weekend"
std::optional<DateItem> DateItems::read_weekend(HintCursor at, const DateContext& context) const {
    const HintCursor begin = at;
    const HintWord* unit = at.take(kUnit);
    constexpr auto kWeekend = CalendarUnit::kWeekend;
    if (unit == nullptr || static_cast<CalendarUnit>(unit->value) != kWeekend) return std::nullopt;
    const bool asked = context.in || context.on || context.at, said_so = is_the_one(begin, at);
    if (!asked && !said_so) return std::nullopt;
    const LocalDay today = ask_today_();
    const auto span = shifted(kWeekend, around(kWeekend, today).from <= today ? 0 : -1, today);
    auto found = item(at, span);
    if (!found) return std::nullopt;
    found->repeats = Repeats::kWeekly;
    found->named = !asked;
    return found;
}

// "two Fridays ago", "vor zwei Freitagen", "hace dos viernes"
std::optional<DateItem> DateItems::read_weekdays_ago(HintCursor at, const DateContext& /*context*/) const {
    const bool before = at.skip(kAgoBefore);
    const auto count = at.take_number();
    if (!count) return std::nullopt;
    const HintWord* weekday = at.take(kWeekdays);
    if (weekday == nullptr) weekday = at.take(kWeekday);
    if (weekday == nullptr || weekday->weak || !(before || at.skip(kAgo))) return std::nullopt;
    return item(at, shifted_weekday(weekday->value, -*count, ask_today_()));
}

}  // namespace engram::memory
