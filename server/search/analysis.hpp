// From a word of a text to the term that stands for it in the index.
#pragma once

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

// The term of a token's text; empty where nothing of it can be seen.
std::string term_of(std::string_view raw, TokenKind kind, Language language);

struct QueryWord {
    std::string lower, folded;
    TokenKind kind = TokenKind::kWord;
};

// The words of a query, as they follow each other in its first 500 code points.
std::vector<QueryWord> words_in_order(std::string_view query);

// The last word ends where the query does.
bool ends_in_word(std::string_view query);

// The different words of a query, in their order, stop words included.
std::vector<QueryWord> query_words(std::string_view query);

bool is_stop_word_of_any(const QueryWord& word, const std::vector<Language>& languages);

// Takes out the stop words of these languages, unless nothing else would be left.
void drop_stop_words(std::vector<QueryWord>& words, const std::vector<Language>& languages);

}  // namespace engram::search
