// Characters as the tokenizers of the BERT family see them: by the categories of Unicode 8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace engram::onnx {

using CodePoint = std::int32_t;  // ICU's UChar32

enum class CharacterKind : std::uint8_t {
    kPart,         // of a word
    kSpace,        // parts words
    kPunctuation,  // a word of its own
    kIdeograph,    // a word of its own: CJK
    kMark,         // an accent: it is dropped
    kControl,      // shows nothing: it is dropped
};

CharacterKind kind_of(CodePoint c);

// The character at byte `at`, which lies inside, and `at` moved behind it; U+FFFD for bytes that are none.
CodePoint next_character(std::string_view text, std::size_t& at);

// Appends `c` to `out`, apart (NFD).
void append_apart(CodePoint c, std::u32string& out);

// One character for one: enough, as the one that becomes two, U+0130, comes apart.
CodePoint to_lower(CodePoint c);

void append_utf8(std::string& out, CodePoint c);

}  // namespace engram::onnx
