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
    kJoined,  // words with hyphens between, as if written in one: e-mail
    kPhone,   // groups of digits that may be the number of a phone
};

// Whether a text is longer by it, and a query that has it looks for it. Others are further ways to find the same bytes:
// they lie over words, take no place between them, and a text is no longer by them.
constexpr bool counts_as_word(TokenKind kind) {
    return kind == TokenKind::kWord || kind == TokenKind::kSymbol || kind == TokenKind::kGram;
}

// Bytes [begin, end) of the text.
struct Token {
    std::uint32_t begin = 0, end = 0;
    TokenKind kind = TokenKind::kWord;
    bool operator==(const Token&) const = default;
};

// Appends the words of `text`, ordered by where they begin. Hyphens, # and @ part words; so do dots and underscores
// between letters, but not the dots of abbreviations (U.S.A) and numbers (3.14); l'été is two words, Anna's is Anna.
// What cannot be seen parts nothing. Any bytes, linear time, any thread.
void break_words(std::string_view text, std::vector<Token>& out);

// The same with ICU alone: what break_words is measured against.
void break_words_by_icu(std::string_view text, std::vector<Token>& out);

}  // namespace engram::search
