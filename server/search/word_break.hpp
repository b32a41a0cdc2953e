// Texts into words: word boundaries of UAX #29 by ICU, and by a loop of our own, giving the same, where all is ASCII.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace engram::search {

enum class TokenKind : std::uint8_t {
    kWord,
    kSymbol,  // emoji
    kGram,    // two characters of a script without spaces (Han, kana, Hangul, Thai, ...), or one that stands alone
    kSingle,  // each character of a longer run of such a script, each emoji of several made one: indexed, so that it
              // can be asked for alone
};

// It follows the token before it in the text; it is no further reading of those around it.
inline bool has_place(TokenKind kind) { return kind != TokenKind::kSingle; }

// Bytes [begin, end) of the text.
struct Token {
    std::uint32_t begin = 0, end = 0;
    TokenKind kind = TokenKind::kWord;
    bool operator==(const Token&) const = default;
};

// Appends the words of `text` in their order. Hyphens, # and @ part words; so do dots and underscores between
// letters, but not the dots of abbreviations (U.S.A) and numbers (3.14); l'été is two words, Anna's is Anna.
// What cannot be seen parts nothing.
// Any bytes, linear time, any thread.
void break_words(std::string_view text, std::vector<Token>& out);

// The same with ICU alone: what break_words is measured against.
void break_words_by_icu(std::string_view text, std::vector<Token>& out);

}  // namespace engram::search
