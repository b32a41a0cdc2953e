#include "base/json.hpp"

#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace engram::base {

void append_json_number(std::string& out, double value) {
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
    out.append(std::isfinite(value) ? std::string_view(digits, static_cast<std::size_t>(end - digits)) : "null");
}

}  // namespace engram::base
