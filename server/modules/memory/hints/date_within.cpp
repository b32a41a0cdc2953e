// Parts of a month or a year: "the first week of May", "the last Friday of March", "letztes Wochenende im Juni".
#include "modules/memory/hints/date_items.hpp"
#include "modules/memory/hints/date_lengths.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;

constexpr int kLast = -1, kNthMax = 5;
constexpr days kWeek(7);

// Which of them: 1 to 5, or the last.
std::optional<int> take_nth(HintCursor& at) {
    if (const HintWord* relative = at.take(kRelative))
        return relative->value == -1 ? std::optional(kLast) : std::nullopt;
    const HintWord* word = at.take(kDayNumber);
    const bool ordinal = word != nullptr && !word->weak &&  // the others count: "dos semanas"
                         (word->value == 1 || (word->languages & (kEnglish | kGerman)) != 0);
    if (!ordinal || word->value > kNthMax) return std::nullopt;
    return word->value;
}

// Stretches of so many days, the first of them from `first` on, the last before the end.
std::optional<DaySpan> nth_of(const DaySpan& whole, int nth, LocalDay first, days step, days length) {
    LocalDay from = first + (nth - 1) * step;
    if (nth == kLast) from = first + (whole.to - first - length) / step * step;
    if (from < whole.from || from + length > whole.to) return std::nullopt;
    return DaySpan{from, from + length};
}

// The first such weekday, 1 (Monday) to 7, of a stretch.
LocalDay first_weekday(const DaySpan& whole, int weekday) {
    const auto found = shifted_weekday(weekday, 1, whole.from - days(1));
    return found ? found->from : whole.from;
}

std::optional<DaySpan> unit_within(const DaySpan& whole, int nth, CalendarUnit unit) {
    if (unit == CalendarUnit::kDay) return nth_of(whole, nth, whole.from, days(1), days(1));
    if (unit == CalendarUnit::kWeekend) return nth_of(whole, nth, first_weekday(whole, 6), kWeek, days(2));
    if (unit != CalendarUnit::kWeek) return std::nullopt;
    return nth == kLast ? DaySpan{whole.to - kWeek, whole.to} : nth_of(whole, nth, whole.from, kWeek, kWeek);
}

}  // namespace

std::optional<DateItem> DateItems::read_nth(HintCursor at, const DateContext& context) const {
    const auto nth = context.beside ? std::nullopt : take_nth(at);
    if (!nth) return std::nullopt;
    const HintWord* weekday = at.take(kWeekday);
    const auto unit = weekday == nullptr ? take_unit(at) : std::nullopt;
    if ((!unit && weekday == nullptr) || at.skip_any({kOf, kIn, kArticle}) == 0) return std::nullopt;
    const auto whole = read(at, {.in = true, .beside = true});
    if (!whole || !whole->named || whole->days.to - whole->days.from < 4 * kWeek) return std::nullopt;
    at.go_to(whole->end, whole->languages);
    const auto span = weekday != nullptr
                          ? nth_of(whole->days, *nth, first_weekday(whole->days, weekday->value), kWeek, days(1))
                          : unit_within(whole->days, *nth, *unit);
    auto found = item(at, span);
    if (!found) return std::nullopt;
    found->repeats = whole->repeats;
    found->named = found->has_year = true;
    return found;
}

}  // namespace engram::memory
