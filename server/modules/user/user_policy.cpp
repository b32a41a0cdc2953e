#include "modules/user/user_policy.hpp"

#include <algorithm>

namespace engram::user {

bool is_phone_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() >= 3 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           std::all_of(text.begin() + 1, text.end(), is_digit);
}

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
