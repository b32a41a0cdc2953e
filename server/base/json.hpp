// JSON: strict reading and fast writing. Reading is Boost.JSON's parser behind a stricter handler (RFC 8259 and I-JSON,
// RFC 7493): UTF-8 only, no duplicate keys, no NUL, no number that a double or an int64 cannot hold, bounded depth.
#pragma once

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace engram::base {

struct JsonLimits {
    std::size_t depth_max = 32;
    std::size_t values_max = 1'000'000;  // inner ones included: 16 bytes and more each, of two in the text
};

// Throws kMalformed and says at which byte and why; kTooLarge above values_max. Whole numbers come as int64, others as
// the nearest double.
boost::json::value parse_json(std::string_view text, const JsonLimits& limits = {});

// The same, kept in one arena that begins on the stack: the fast way for a text that is read once. Throws as
// parse_json.
class JsonDocument {
public:
    explicit JsonDocument(std::string_view text, const JsonLimits& limits = {});
    JsonDocument(const JsonDocument&) = delete;
    JsonDocument& operator=(const JsonDocument&) = delete;

    const boost::json::value& root() const { return root_; }

private:
    std::array<unsigned char, 4096> buffer_;
    boost::json::monotonic_resource arena_;
    boost::json::value root_;
};

// Serialised JSON that is kept and passed on as it is ("{}" by default).
struct JsonText {
    std::string text = "{}";
    bool operator==(const JsonText&) const = default;
};

// Compact, keys in the order they have; doubles in their shortest plain form (0.873, never 8.73E-1), with an exponent
// beyond 18 digits. What is written is read back as it was.
void append_json(std::string& out, const boost::json::value& value);
void append_json_number(std::string& out, double value);  // null where not finite
void append_json_number(std::string& out, std::int64_t value);

// How many arrays and objects lie inside each other: 0 for a plain value, 1 for {} and [].
std::size_t json_depth(const boost::json::value& value);

}  // namespace engram::base
