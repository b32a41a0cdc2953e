// Who may join and what may be changed: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/user/user.hpp"

namespace engram::user {

// E.164, as the specification asks: ^\+[1-9]\d{1,14}$
bool is_phone_number(std::string_view text);

// One @ with something on both sides, a dot in the domain, no space: the rest is for the mail server to say.
bool is_email(std::string_view text);

// A language tag as BCP 47 builds it: letters and digits in parts, the first of two or three letters.
bool is_locale(std::string_view text);

// One that times can be told in.
bool is_time_zone(std::string_view text);

// May somebody make an account without an invite, and with one? The first account is a case of its own.
bool may_join_uninvited(Registration registration);
bool may_join_invited(Registration registration);

}  // namespace engram::user
