// UTF-8 text without a library: checks and counts that every request needs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engram::base {

// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. NUL is well-formed.
bool is_utf8(std::string_view text);

// A byte that is not the first of its character.
constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Code points of well-formed UTF-8.
std::size_t count_code_points(std::string_view text);

// The longest front of `text` with at most `code_points` of them.
std::string_view cut_code_points(std::string_view text, std::size_t code_points);

// ASCII only; every other byte stays.
std::string to_lower_ascii(std::string_view text);
std::string_view trim(std::string_view text);

// What stands between any of the bytes `separators`, as views of `text`; nothing of it is empty.
std::vector<std::string_view> split_at_any(std::string_view text, std::string_view separators);

// 10412 as "10,412"; with a noun, "10,412 rows" or "1 row".
std::string grouped(std::size_t number);
std::string counted(std::size_t number, std::string_view noun);

// Appends `text` (well-formed UTF-8) as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace engram::base
