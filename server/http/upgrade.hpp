// Whether a request may become a WebSocket (RFC 6455 section 4.2.1). Any thread.
#pragma once

#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace engram::http {

// Nothing: it may. Else the whole answer: 426 with what is wanted where it does not ask for a WebSocket or asks for
// another version, 400 where it asks in a wrong way.
std::optional<Response> refused_upgrade(const Request& request, std::string_view request_id);

}  // namespace engram::http
