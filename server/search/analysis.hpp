// From a word of a text to the term that stands for it in the index.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/language.hpp"
#include "search/word_break.hpp"

namespace engram::search {

// The front of a word that is looked at: 64 bytes, cut between characters.
std::string_view cut_word(std::string_view word);

// The stem of lower_word's `lower`, accents folded; as empty as what fold_word gives, never more.
std::string stem_and_fold(std::string_view lower, Language language);

// Whether the term of such a token is a stem, another one in each language.
constexpr bool is_stemmed(TokenKind kind) { return kind == TokenKind::kWord || kind == TokenKind::kJoined; }

// Tokens of the same bytes and the same group have the same term.
constexpr std::uint8_t term_group(TokenKind kind, Language language) {
    constexpr std::uint8_t kJoinedFirst = kLanguageCount, kPhones = 2 * kLanguageCount;
    if (kind == TokenKind::kPhone) return kPhones;
    if (kind == TokenKind::kJoined) return static_cast<std::uint8_t>(kJoinedFirst + language);
    return kind == TokenKind::kWord ? language : kNoLanguage;
}

// The term of a token's text, in any language for kinds that are not stemmed; empty where nothing of it can be seen. A
// kPhone's begins with +, as no word does.
std::string term_of(std::string_view raw, TokenKind kind, Language language);

struct QueryWord {
    std::string lower, folded;
    TokenKind kind = TokenKind::kWord;
    std::uint32_t begin = 0, end = 0;  // its bytes in the query, where it comes first
};

// The words that follow each other in the first 500 code points of a text.
std::vector<QueryWord> words_in_order(std::string_view text);

// The last word ends where the query does.
bool ends_in_word(std::string_view query);

// The different words of a query of at most 500 code points, in their order, stop words included. A number that may be
// that of a phone comes as its groups of digits and, after the first of them, as a word of kind kPhone.
std::vector<QueryWord> query_words(std::string_view query);

// What is told of it: folded, a phone's number as it was typed.
std::string word_as_told(const QueryWord& word, std::string_view query);

bool is_stop_word_of_any(const QueryWord& word, const std::vector<Language>& languages);

// Takes out of a phone's number and its groups what finds less: the groups where `is_known` says that entries have the
// number, else the number.
void settle_phones(std::vector<QueryWord>& words, const std::function<bool(const QueryWord&)>& is_known);

// Takes out the stop words of these languages, unless nothing else would be left.
void drop_stop_words(std::vector<QueryWord>& words, const std::vector<Language>& languages);

}  // namespace engram::search
