// Single characters of UTF-8 texts, as ICU wants them.
#pragma once

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace engram::search {

// ASCII only; every other byte stays.
inline char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

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

}  // namespace engram::search
