// Error codes as HTTP statuses (RFC 9110) and as problem documents (RFC 9457).
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"

namespace engram::http {

int status_of(base::Code code);

// The problem's title, which is the same for every problem of that code: "Not found".
std::string_view title_of(base::Code code);

// The stable word for translation: "not-found"; the error's own type where it has one.
std::string_view word_of(base::Code code);

// The whole answer: application/problem+json, with Retry-After where the error has one.
Response problem(const base::Error& error, std::string_view request_id);

// The same for what HTTP itself forbids, by its status (400, 408, 413, 417, 426, 431, 500, 501, 503, 505).
Response protocol_problem(int status, std::string_view detail, std::string_view request_id);

// The same for what the server refuses before any code of ours is asked, with X-Request-Id.
Response edge_problem(int status, std::string_view detail, std::string_view request_id);

}  // namespace engram::http
