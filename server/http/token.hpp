// The small grammar that every part of HTTP shares (RFC 9110 section 5.6). ASCII only.
#pragma once

#include <string_view>

namespace engram::http {

// Compares without case.
bool iequals(std::string_view left, std::string_view right);

// 1*tchar: a method, a header's name.
bool is_token(std::string_view text);

// A header's value: no control character but the tab. Bytes from 0x80 are let through, as obs-text.
bool is_field_value(std::string_view text);

// Cuts the first element off a comma-separated list and returns it trimmed.
std::string_view next_element(std::string_view& list);

}  // namespace engram::http
