// Single characters of UTF-8 texts, as ICU wants them.
#pragma once

#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace engram::search {

// ASCII only; every other byte stays.
inline char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The character at byte `at`, which is below `end`, and `at` moved behind it; U+FFFD for bytes that are none.
inline UChar32 next_character(std::string_view text, std::size_t end, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto position = static_cast<std::int32_t>(at);
    const auto stop = static_cast<std::int32_t>(end);
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, position, stop, c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
    at = static_cast<std::size_t>(position);
    return c;
}

inline void append_utf16(std::u16string& out, UChar32 c) {
    if (U16_LENGTH(c) == 2) out.push_back(static_cast<char16_t>(U16_LEAD(c)));
    out.push_back(static_cast<char16_t>(U16_LENGTH(c) == 2 ? U16_TRAIL(c) : c));
}

// `c` must be a character, no surrogate.
void append_utf8(std::string& out, UChar32 c);

// Everything that people type as the apostrophe of don't: typographic ones, accents that stand alone, the prime, and
// the letters for it of Ukrainian and Hawaiian.
bool is_apostrophe(UChar32 c);

// Joiners, marks of direction, selectors of a presentation: what shows nothing (Default_Ignorable_Code_Point).
inline bool is_invisible(UChar32 c) { return c >= 0xad && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

// 0 to 9 for the digits of every script, -1 for all else.
inline int digit_value(UChar32 c) { return c < 0x80 ? (c >= '0' && c <= '9' ? c - '0' : -1) : u_charDigitValue(c); }

}  // namespace engram::search
