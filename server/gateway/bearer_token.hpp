// The token of "Authorization: Bearer <token>".
#pragma once

#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace engram::gateway {

// Nothing where the header is absent or of another scheme. The view is into the request.
std::optional<std::string_view> bearer_token(const http::Request& request);

}  // namespace engram::gateway
