// Percent-encoding and query strings (RFC 3986, and the '+' of HTML forms in a query).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engram::http {

// Decodes every %XX; '+' stays. Nothing for a broken escape, a NUL or a result that is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text);

// Names and values of "a=1&b=2", decoded ('+' is a space), in their order; a part without '=' has an empty value, empty
// parts are left out. Throws kMalformed where percent_decode gives nothing.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

// Encodes everything but the unreserved characters of RFC 3986 section 2.3.
std::string percent_encode(std::string_view text);

}  // namespace engram::http
