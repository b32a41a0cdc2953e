#include "modules/memory/hints/date_lengths.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

constexpr int kFewMin = 2, kFewMax = 5;

// The three of "two or three", "2-3" and "zwei bis drei"; `least` where there is none.
int take_most(HintCursor& at, int least) {
    HintCursor behind = at;
    if (!behind.is_behind_dash() && !behind.skip(kOr) && !behind.skip(kTo)) return least;
    const auto most = behind.take_number(true);
    if (!most || *most <= least) return least;
    at = behind;
    return *most;
}

}  // namespace

std::optional<Count> take_count(HintCursor& at) {
    if (at.skip(kFew)) return Count{kFewMin, kFewMax};
    HintCursor range = at;
    if (const auto least = range.take_number(true)) {
        const int most = take_most(range, *least);
        if (most > *least) {
            at = range;
            return Count{*least, most};
        }
    }
    const auto number = at.take_number();
    if (!number) return std::nullopt;
    return Count{*number, *number};
}

std::optional<CalendarUnit> take_unit(HintCursor& at) {
    const HintWord* unit = at.take(kUnit);
    if (unit == nullptr) return std::nullopt;
    return static_cast<CalendarUnit>(unit->value);
}

std::optional<Length> take_length(HintCursor& at) {
    if (const HintWord* whole = at.take(kLength)) {
        const auto [unit, count] = unit_then(whole->value);
        return Length{Count{count, count}, static_cast<CalendarUnit>(unit)};
    }
    auto count = take_count(at);
    const auto unit = take_unit(at);
    if (!unit) return std::nullopt;
    if (count && count->least == count->most) count->most = take_most(at, count->least);
    return Length{count, *unit};
}

std::optional<RelativeUnit> take_relative_unit(HintCursor& at) {
    if (const HintWord* both = at.take(kUnitThen)) {
        const auto [unit, shift] = unit_then(both->value);
        return RelativeUnit{static_cast<CalendarUnit>(unit), shift};
    }
    const HintWord* relative = at.take(kRelative);
    const auto unit = take_unit(at);
    if (!unit) return std::nullopt;
    if (const HintWord* behind = at.take(kRelativeBehind)) relative = behind;
    if (relative == nullptr) return std::nullopt;
    return RelativeUnit{*unit, relative->value};
}

}  // namespace engram::memory
