// A text as pieces between which it may be cut. Internal to passages.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace engram::ports {

// A Unicode character and its bytes; bytes that are no UTF-8 count as some character.
struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;
};

// The character at the front of a text that is not empty.
Character first_character(std::string_view text);

bool is_blank(char32_t c);
bool is_word_of_its_own(char32_t c);  // scripts without blanks between words, emoji

// What ends where a piece ends, the best place for a cut first.
enum class PieceEnd : std::uint8_t { kParagraph, kSentence, kLine, kClause, kWord, kCharacter };

struct TextPiece {
    std::size_t begin = 0, end = 0;  // bytes; the blanks that follow belong to it
    std::size_t word_end = 0;        // without these
    PieceEnd ends = PieceEnd::kWord;
};

// Words, characters that are words of their own, and parts of 32 characters of longer words; nothing of the text is
// left out but the blanks at its front.
std::vector<TextPiece> split_pieces(std::string_view text);

}  // namespace engram::ports
