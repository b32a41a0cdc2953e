#include "base/json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace engram::base {
namespace {

namespace json = boost::json;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

void append_array(std::string& out, const json::array& array) {
    out += '[';
    for (const json::value& item : array) {
        if (&item != array.data()) out += ',';
        append_json(out, item);
    }
    out += ']';
}

void append_object(std::string& out, const json::object& object) {
    out += '{';
    for (const json::key_value_pair& pair : object) {
        if (&pair != object.begin()) out += ',';
        append_json_string(out, view(pair.key()));
        out += ':';
        append_json(out, pair.value());
    }
    out += '}';
}

// Of up to four decimals, as scores are: a tenth of the work. The double nearest to such a number is that quotient.
bool append_short_number(std::string& out, double value) {
    constexpr std::int64_t kShares = 10'000;
    if (!(value >= 0 && value < 1e9)) return false;
    const auto shares = static_cast<std::int64_t>(std::llround(value * kShares));
    if (static_cast<double>(shares) / kShares != value || std::signbit(value)) return false;
    append_json_number(out, shares / kShares);
    std::int64_t rest = shares % kShares;
    if (rest == 0) return true;
    out += '.';
    for (std::int64_t unit = kShares / 10; rest > 0; rest %= unit, unit /= 10)
        out += static_cast<char>('0' + rest / unit);
    return true;
}

}  // namespace

void append_json_number(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    if (append_short_number(out, value)) return;
    // A whole number of more digits would be read back as one that no int64 can hold.
    const bool plain = value == 0 || (std::abs(value) < 1e18 && std::abs(value) >= 1e-18);
    const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, format).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

void append_json_number(std::string& out, std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

void append_json(std::string& out, const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            out += "null";
            break;
        case json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            break;
        case json::kind::int64:
            append_json_number(out, value.get_int64());
            break;
        case json::kind::uint64:
            out += std::to_string(value.get_uint64());
            break;
        case json::kind::double_:
            append_json_number(out, value.get_double());
            break;
        case json::kind::string:
            append_json_string(out, view(value.get_string()));
            break;
        case json::kind::array:
            append_array(out, value.get_array());
            break;
        case json::kind::object:
            append_object(out, value.get_object());
            break;
    }
}

std::size_t json_depth(const json::value& value) {
    std::size_t inner = 0;
    if (const json::array* array = value.if_array()) {
        for (const json::value& item : *array) inner = std::max(inner, json_depth(item));
        return inner + 1;
    }
    if (const json::object* object = value.if_object()) {
        for (const json::key_value_pair& pair : *object) inner = std::max(inner, json_depth(pair.value()));
        return inner + 1;
    }
    return 0;
}

}  // namespace engram::base
