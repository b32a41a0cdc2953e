// An answer as bytes (RFC 9112). Any thread.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace engram::http {

// What the connection decides about the head of an answer.
struct WireOptions {
    bool head_request = false;  // the body is measured and not sent
    bool http_1_0 = false;
    bool keep_alive = true;
    bool chunked = false;          // the body follows in chunks
    bool close_delimited = false;  // the body follows and ends with the connection
};

// Appends status line and headers with the empty line. Headers that belong to the connection (Connection,
// Content-Length, Transfer-Encoding, Keep-Alive) are written from `options`; a header that could split the answer is
// left out and logged.
void append_head(std::string& out, const Response& response, const WireOptions& options);

// True for a header that append_head() would write: it is not the connection's and cannot split the answer.
bool is_sendable(const Header& header);

// True where an answer of that status has a body (not 1xx, 204, 304).
bool status_has_body(int status);

// Appends one chunk; `piece` must not be empty.
void append_chunk(std::string& out, std::string_view piece);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

// "Not Found"; empty for a number without a name.
std::string_view status_text(int status);

}  // namespace engram::http
