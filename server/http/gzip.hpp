// Answers made smaller (RFC 1952, RFC 9110 section 12.5.3). Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace engram::http {

// True where an Accept-Encoding value takes gzip, by name or by '*', with a weight above 0.
bool accepts_gzip(std::string_view accept_encoding);

// True for text, JSON, XML, JavaScript and SVG; text/event-stream is not, it must not wait in a buffer.
bool is_compressible(std::string_view content_type);

// `text` as one gzip member, level 5. Throws kInternal where zlib has no memory.
std::string gzip(std::string_view text);

// Compresses the body of an answer of at least `bytes_min` where request and answer allow it, and says Vary.
void compress(const Request& request, Response& response, std::size_t bytes_min);

}  // namespace engram::http
