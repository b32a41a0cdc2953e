// Lengths of time and units of the calendar as words give them: "two or three weeks", "a fortnight", "last month".
// Pure.
#pragma once

#include <optional>

#include "modules/memory/hints/date_spans.hpp"
#include "modules/memory/hints/hint_cursor.hpp"

namespace engram::memory {

// How many, as people say it.
struct Count {
    int least = 1, most = 1;
};

struct Length {
    std::optional<Count> count;  // nothing: it was not said
    CalendarUnit unit = CalendarUnit::kDay;
};

// A unit, counted from this one.
struct RelativeUnit {
    CalendarUnit unit = CalendarUnit::kDay;
    int shift = 0;
};

// Each goes behind what it finds, and may go on where it finds nothing.
std::optional<Count> take_count(HintCursor& at);        // "three", "a few", "two or three"
std::optional<CalendarUnit> take_unit(HintCursor& at);  // "weeks"
std::optional<Length> take_length(HintCursor& at);      // "three weeks", "a week or two", "a fortnight", "weeks"
std::optional<RelativeUnit> take_relative_unit(HintCursor& at);  // "last week", "semaine dernière"

}  // namespace engram::memory
