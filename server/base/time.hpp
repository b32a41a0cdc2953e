// Points in time: UTC, microseconds. Reading the clock is ports::Clock's; this is arithmetic and text.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace engram::base {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

// RFC 3339 with any offset and up to 9 decimals; nothing for every other text, a date that does not exist and an
// instant outside the years 0 to 9999 included. A leap second reads as the second after it.
std::optional<Time> parse_rfc3339(std::string_view text);

// "2026-11-23T05:51:47.123Z": UTC, milliseconds, cut and not rounded.
std::string format_rfc3339(Time time);
void append_rfc3339(std::string& out, Time time);

}  // namespace engram::base
