// JSON: strict reading and fast writing. Reading is Boost.JSON's parser behind a stricter handler (RFC 8259 and I-JSON,
// RFC 7493): UTF-8 only, no duplicate keys, no NUL, no number that a double or an int64 cannot hold, bounded depth.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace engram::base {

struct JsonLimits {
    std::size_t depth_max = 32;
};

// Throws kMalformed and says at which byte and why.
boost::json::value parse_json(std::string_view text, const JsonLimits& limits = {});

// Serialised JSON that is kept and passed on as it is ("{}" by default).
struct JsonText {
    std::string text = "{}";
    bool operator==(const JsonText&) const = default;
};

// Compact, keys in the order they have; doubles in their shortest plain form (0.873, never 8.73E-1).
void append_json(std::string& out, const boost::json::value& value);
void append_json_number(std::string& out, double value);

}  // namespace engram::base
