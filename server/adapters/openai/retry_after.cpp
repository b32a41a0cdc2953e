#include "adapters/openai/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace engram::openai {
namespace {

constexpr std::int64_t kLongestS = 86'400;

std::optional<std::int64_t> number(std::string_view digits) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<std::chrono::sys_seconds> parse_date(std::string_view text) {
    using namespace std::chrono;
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
    const auto at = [text](std::size_t begin, std::size_t length) { return number(text.substr(begin, length)); };
    const auto found = std::ranges::find(kMonths, text.substr(8, 3));
    const auto day_of_month = at(5, 2), in_year = at(12, 4), hour = at(17, 2), minute = at(20, 2), second = at(23, 2);
    if (!day_of_month || found == kMonths.end() || !in_year || !hour || !minute || !second) return std::nullopt;
    const year_month_day date{year(static_cast<int>(*in_year)),
                              month(static_cast<unsigned>(found - kMonths.begin()) + 1),
                              day(static_cast<unsigned>(*day_of_month))};
    if (!date.ok()) return std::nullopt;
    return sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second);
}

}  // namespace

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, base::Time now) {
    if (const auto seconds = number(value)) return std::chrono::seconds(std::min(*seconds, kLongestS));
    const auto date = parse_date(value);
    if (!date) return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::seconds>(*date - now);
    return std::clamp(left, std::chrono::seconds(0), std::chrono::seconds(kLongestS));
}

}  // namespace engram::openai
