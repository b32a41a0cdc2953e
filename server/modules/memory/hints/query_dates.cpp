#include "modules/memory/hints/query_dates.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.hpp"

namespace engram::memory {
namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

DaySpan one_day(LocalDay day) { return {day, day + days(1)}; }

// Digits and nothing else, at most four.
std::optional<int> parse_digits(std::string_view text) {
    int number = 0;
    if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::optional<LocalDay> in_calendar(year_month_day day) {
    if (static_cast<int>(day.year()) < kYearMin || static_cast<int>(day.year()) > kYearMax) return std::nullopt;
    if (!day.ok()) day = day.year() / day.month() / std::chrono::last;  // a month ago on the 31st
    return LocalDay(day);
}

// "7d"
std::optional<DaySpan> parse_ago(std::string_view text, LocalDay today) {
    const auto count = parse_digits(text.substr(0, text.size() - 1));
    if (!count) return std::nullopt;
    std::optional<LocalDay> day;
    const year_month_day now(today);
    switch (text.back()) {
        case 'd':
            day = in_calendar(year_month_day(today - days(*count)));
            break;
        case 'w':
            day = in_calendar(year_month_day(today - days(7 * *count)));
            break;
        case 'm':
            day = in_calendar(now - months(*count));
            break;
        case 'y':
            day = in_calendar(now - years(*count));
            break;
        default:
            break;
    }
    if (!day) return std::nullopt;
    return one_day(*day);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

std::optional<DaySpan> parse_calendar(std::string_view text) {
    const std::size_t separator = text.find_first_not_of("0123456789");
    const std::vector<std::string_view> parts =
        separator == std::string_view::npos ? std::vector{text} : split(text, text[separator]);
    if (parts.size() > 3 || parts[0].size() != 4) return std::nullopt;
    if (separator != std::string_view::npos && std::string_view("-/.").find(text[separator]) == std::string_view::npos)
        return std::nullopt;
    std::vector<int> numbers;
    for (const std::string_view part : parts)
        if (const auto number = parse_digits(part); number && (numbers.empty() || part.size() <= 2))
            numbers.push_back(*number);
    if (numbers.size() != parts.size() || numbers[0] < kYearMin || numbers[0] > kYearMax) return std::nullopt;
    const year y(numbers[0]);
    if (numbers.size() == 1) return DaySpan{LocalDay(y / 1 / 1), LocalDay((y + years(1)) / 1 / 1)};
    const auto m = y / month(static_cast<unsigned>(numbers[1]));
    if (!m.ok()) return std::nullopt;
    if (numbers.size() == 2) return DaySpan{LocalDay(m / 1), LocalDay((m + months(1)) / 1)};
    const year_month_day day = m / numbers[2];
    if (!day.ok()) return std::nullopt;
    return one_day(LocalDay(day));
}

}  // namespace

std::optional<DaySpan> parse_days(std::string_view text, LocalDay today) {
    const std::string lower = base::to_lower_ascii(text);
    if (lower.empty()) return std::nullopt;
    if (lower == "today") return one_day(today);
    if (lower == "yesterday") return one_day(today - days(1));
    if (const auto ago = parse_ago(lower, today)) return ago;
    return parse_calendar(lower);
}

std::string text_of(LocalDay day) {
    const year_month_day date(day);
    const auto padded = [](unsigned number) { return (number < 10 ? "-0" : "-") + std::to_string(number); };
    const std::string year_text = std::to_string(static_cast<int>(date.year()));
    return std::string(4 - std::min<std::size_t>(4, year_text.size()), '0') + year_text +
           padded(static_cast<unsigned>(date.month())) + padded(static_cast<unsigned>(date.day()));
}

}  // namespace engram::memory
