// What is counted from today: "two weeks ago", "the last three days", "this time last year", "recently".
#include "modules/memory/hints/date_items.hpp"
#include "modules/memory/hints/date_lengths.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;

std::optional<DaySpan> days_ago(LocalDay today, CalendarUnit unit, const Count& count) {
    const auto first = moved(today, unit, -count.most), last = moved(today, unit, -count.least);
    if (!first || !last) return std::nullopt;
    return DaySpan{around(unit, *first).from, around(unit, *last).to};
}

// The last so many, up to and with today; or the next.
std::optional<DaySpan> rolling(LocalDay today, CalendarUnit unit, int count) {
    const auto end = moved(today, unit, count);
    if (!end) return std::nullopt;
    return count < 0 ? DaySpan{*end, today + days(1)} : DaySpan{today, *end + days(1)};
}

// How exact "this time last year" is.
days margin_of(CalendarUnit unit) {
    if (unit == CalendarUnit::kYear) return days(14);
    return days(unit == CalendarUnit::kMonth || unit == CalendarUnit::kQuarter ? 3 : 0);
}

// "last year", "two years ago", "vor zwei Jahren"
std::optional<RelativeUnit> take_then(HintCursor& at) {
    HintCursor behind = at;
    auto then = take_relative_unit(behind);
    if (!then) {
        behind = at;
        const bool before = behind.skip(kAgoBefore);
        const auto length = take_length(behind);
        if (!length || !length->count || !(before || behind.skip(kAgo))) return std::nullopt;
        then = RelativeUnit{length->unit, -length->count->most};
    }
    at = behind;
    return then;
}

}  // namespace

// "two weeks ago", "vor zwei Wochen", "tydzień temu"; behind "since" without "ago" as well.
std::optional<DateItem> DateItems::read_ago(HintCursor at, const DateContext& context) const {
    const bool before = at.skip(kAgoBefore);
    const auto length = take_length(at);
    if (!length || (before && !length->count)) return std::nullopt;
    const bool without_one = (at.languages() & ~(kPolish | kRussian)) == 0;  // they say no "one"
    if (at.skip(kAgo) || before) {
        if (!length->count && !without_one) return std::nullopt;
        return item(at, days_ago(ask_today_(), length->unit, length->count.value_or(Count{})));
    }
    if (!context.since || !length->count) return std::nullopt;
    return item(at, rolling(ask_today_(), length->unit, -length->count->most));
}

// "the last three days", "trois derniers jours", "the past week"
std::optional<DateItem> DateItems::read_rolling(HintCursor at, const DateContext& /*context*/) const {
    const bool is_past = at.skip(kRolling);
    const HintWord* relative = is_past ? nullptr : at.take(kRelative);
    std::optional<Length> length;
    if (HintCursor behind = at; behind.skip(kLength)) {
        length = take_length(at);
    } else {
        const auto count = take_count(at);
        if (count && !is_past && relative == nullptr) {
            if (count->least == 1) return std::nullopt;
            relative = at.take(kRelative);
        }
        const auto unit = take_unit(at);
        if (unit) length = Length{count, *unit};
    }
    if (!length || (!length->count && !is_past) || (relative == nullptr && !is_past)) return std::nullopt;
    const bool is_short = length->unit == CalendarUnit::kDay || length->unit == CalendarUnit::kWeekend;
    if (is_past && !length->count && is_short) return std::nullopt;
    const int sign = is_past ? -1 : relative->value;
    if (sign != 1 && sign != -1) return std::nullopt;
    return item(at, rolling(ask_today_(), length->unit, sign * length->count.value_or(Count{}).most));
}

// "this time last year", "vor zwei Jahren um diese Zeit"
std::optional<DateItem> DateItems::read_this_time(HintCursor at, const DateContext& /*context*/) const {
    const bool ahead = at.skip(kThisTime);
    const auto then = take_then(at);
    if (!then || (!ahead && !at.skip(kThisTime))) return std::nullopt;
    const auto day = moved(ask_today_(), then->unit, then->shift);
    if (!day) return std::nullopt;
    const days margin = margin_of(then->unit);
    return item(at, DaySpan{*day - margin, *day + margin + days(1)});
}

// "earlier this week", "später dieses Jahr"
std::optional<DateItem> DateItems::read_so_far(HintCursor at, const DateContext& /*context*/) const {
    const HintWord* word = at.take(kSoFar);
    if (word == nullptr) return std::nullopt;
    const auto unit = take_relative_unit(at);
    if (!unit || unit->shift != 0) return std::nullopt;
    const LocalDay today = ask_today_();
    DaySpan span = around(unit->unit, today);
    (word->value == 0 ? span.to : span.from) = word->value == 0 ? today + days(1) : today;
    return item(at, span);
}

// "the other day"; "what did I buy recently". What somebody else did recently may have been so when it was told.
std::optional<DateItem> DateItems::read_recent(HintCursor at, const DateContext& /*context*/) const {
    const HintWord* word = at.take(kRecent);
    if (word == nullptr || (word->weak && of_others_)) return std::nullopt;
    const LocalDay today = ask_today_();
    auto found = item(at, DaySpan{today - days(word->value), today + days(1)});
    if (found) found->vague = found->named = true;
    return found;
}

}  // namespace engram::memory
