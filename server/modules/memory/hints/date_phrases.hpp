// Days and stretches of days that a text names in words, in twelve languages: "last summer", "since March", "between
// May and July 2023", "vor zwei Wochen". Pure.
#pragma once

#include <string_view>
#include <vector>

#include "modules/memory/hints/date_items.hpp"

namespace engram::memory {

struct DateHint {
    std::size_t begin = 0, end = 0;  // bytes of the text
    DaySpan days;                    // kNoBeginning, kNoEnd where it is open
    Repeats repeats = Repeats::kOnce;
    bool named = false;          // by words that stand in texts too: "March 2024", not "last week"
    bool vague = false;          // "recently": so many days or many more
    int days_ahead = 0;          // of a holiday: before it much is told that is about it
    bool or_before = false;      // "or April": these days or those of the hint before
    std::optional<int> weekday;  // 1 (Monday) to 7, of one that repeats weekly; without one it is a weekend
    bool operator==(const DateHint&) const = default;
};

inline constexpr LocalDay kNoBeginning(std::chrono::year(1) / 1 / 1), kNoEnd(std::chrono::year(9999) / 1 / 1);

// "2025-06-01..2025-08-31", the last day included; one day alone; "2024-03-01.." without an end.
std::string text_of(const DaySpan& days);

// From the front to the back; they do not overlap. `ask_today` is called only where the text names days from there.
// Any bytes; never throws but for memory, or what `ask_today` throws. Linear in the length.
std::vector<DateHint> find_date_hints(std::string_view text, const AskToday& ask_today);
std::vector<DateHint> find_date_hints(const std::vector<HintToken>& tokens, const AskToday& ask_today);

}  // namespace engram::memory
