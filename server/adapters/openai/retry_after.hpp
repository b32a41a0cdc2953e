// What a service asks to wait. Internal.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace engram::openai {

// The value of a Retry-After header (RFC 9110): seconds, or a date such as "Sun, 06 Nov 1994 08:49:37 GMT"; never less
// than nothing nor more than a day. Nothing where it is neither.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, base::Time now);

}  // namespace engram::openai
