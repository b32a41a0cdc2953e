#include "modules/user/user_policy.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "base/time_zone.hpp"

namespace engram::user {

bool is_phone_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() >= 3 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           std::all_of(text.begin() + 1, text.end(), is_digit);
}

bool is_locale(std::string_view text) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const std::vector<std::string_view> parts = base::split_at_any(text, "-_");
    if (parts.empty() || text.find_first_of("-_") == 0 || text.find_last_of("-_") + 1 == text.size()) return false;
    if (parts[0].size() < 2 || parts[0].size() > 3 || !std::ranges::all_of(parts[0], is_letter)) return false;
    return std::ranges::all_of(parts, [&](std::string_view part) {
        return part.size() <= 8 &&
               std::ranges::all_of(part, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
    });
}

bool is_time_zone(std::string_view text) { return base::TimeZone::find(text).has_value(); }

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
    const std::string_view domain = text.substr(at + 1);
    const auto dot = domain.rfind('.');
    const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
    return dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size() &&
           std::none_of(text.begin(), text.end(), is_odd);
}

bool may_join_uninvited(Registration registration) { return registration == Registration::kOpen; }
bool may_join_invited(Registration registration) { return registration != Registration::kClosed; }

int session_level(std::int64_t security_level) {
    return static_cast<int>(std::clamp<std::int64_t>(security_level, 1, 2));
}

}  // namespace engram::user
