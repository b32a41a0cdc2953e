// Days beside others: "the day before Christmas", "die Woche nach Ostern", "the Friday before 3 May".
#include <algorithm>

#include "modules/memory/hints/date_items.hpp"
#include "modules/memory/hints/date_lengths.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;

// How many of what stand between.
struct Step {
    int count = 1;  // below 0: before
    CalendarUnit unit = CalendarUnit::kDay;
    std::optional<int> weekday = {};
};

// "two days before", "the Friday after", "veille de"
std::optional<Step> take_step(HintCursor& at) {
    if (const HintWord* word = at.take(kBeside)) return Step{.count = word->value};
    Step step;
    if (const auto number = at.take_number()) step.count = *number;
    const HintWord* weekday = at.take(kWeekday);
    if (weekday != nullptr && weekday->weak) return std::nullopt;
    if (weekday != nullptr) step.weekday = weekday->value;
    const auto unit = weekday == nullptr ? take_unit(at) : CalendarUnit::kDay;
    if (!unit) return std::nullopt;
    step.unit = *unit;
    if (at.skip(kAfter)) return step;
    if (!at.skip(kBefore)) return std::nullopt;
    step.count = -step.count;
    return step;
}

// A holiday without the days around it that belong to it; to Germans Christmas is all three.
DaySpan core_of(const DateItem& found) {
    if (!found.yearly || found.yearly->kind != Yearly::Kind::kHoliday) return found.days;
    const auto nth = [&](int n) { return DaySpan{found.days.from + days(n), found.days.from + days(n + 1)}; };
    switch (static_cast<Holiday>(found.yearly->number)) {
        case Holiday::kChristmas:
            return found.languages == kGerman ? found.days : nth(1);
        case Holiday::kNewYear:
        case Holiday::kNicholas:
            return nth(1);
        case Holiday::kEaster:
            return nth(2);
        default:
            return found.days;
    }
}

std::optional<DaySpan> weekday_beside(const DaySpan& what, int weekday, int count) {
    const LocalDay day = count < 0 ? what.from : what.to - days(1);
    return shifted_weekday(weekday, count, day);
}

std::optional<DaySpan> weekend_beside(const DaySpan& what, int count) {
    constexpr auto kWeekend = CalendarUnit::kWeekend;
    DaySpan span = around(kWeekend, count < 0 ? what.from : what.to - days(1));
    if (count < 0 && span.to <= what.from) ++count;
    if (count > 0 && span.from >= what.to) --count;
    const auto first = moved(span.from, kWeekend, count);
    if (!first) return std::nullopt;
    return DaySpan{*first, *first + days(2)};
}

std::optional<DaySpan> beside(const DaySpan& what, const Step& step) {
    if (step.weekday) return weekday_beside(what, *step.weekday, step.count);
    if (step.unit == CalendarUnit::kWeekend) return weekend_beside(what, step.count);
    const auto near = moved(step.count < 0 ? what.from : what.to, step.unit, step.count + (step.count < 0 ? 1 : -1));
    const auto far = moved(step.count < 0 ? what.from : what.to, step.unit, step.count);
    if (!near || !far) return std::nullopt;
    return DaySpan{std::min(*near, *far), std::max(*near, *far)};
}

}  // namespace

std::optional<DateItem> DateItems::read_beside(HintCursor at, const DateContext& context) const {
    if (context.beside) return std::nullopt;
    const auto step = take_step(at);
    if (!step) return std::nullopt;
    at.skip_any({kArticle});
    const auto anchor = read(at, {.in = true, .beside = true});
    if (!anchor || step->count == 0) return std::nullopt;
    at.go_to(anchor->end, anchor->languages);
    auto found = item(at, beside(core_of(*anchor), *step));
    if (!found) return std::nullopt;
    found->repeats = anchor->repeats;
    found->named = anchor->named;
    found->has_year = true;
    return found;
}

}  // namespace engram::memory
