// Days as people name them in a query.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace engram::memory {

using LocalDay = std::chrono::local_days;

inline constexpr int kYearMin = 1, kYearMax = 9998;  // the year behind it has four digits as well

// A stretch of a calendar: `from` included, `to` not.
struct DaySpan {
    LocalDay from, to;
    bool operator==(const DaySpan&) const = default;
};

// What a text names: 2024, 2024-03, 2024-03-09 (also with / or .), today, yesterday, and 7d, 2w, 3m, 1y: the day so
// many days, weeks, months, years ago. Nothing for every other text and for a day that does not exist.
std::optional<DaySpan> parse_days(std::string_view text, LocalDay today);

// "2024-03-09"
std::string text_of(LocalDay day);

}  // namespace engram::memory
