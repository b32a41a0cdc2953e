#include "search/analysis.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "search/fold.hpp"
#include "search/plain_script.hpp"
#include "search/stem.hpp"
#include "search/stop_words.hpp"
#include "search/symbols.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kWordBytesMax = 64;
constexpr std::size_t kQueryCodePointsMax = 500;

// Of emoji and of characters of a run, which kSingle may be either.
std::string plain_characters(std::string_view raw) {
    return is_symbol_sequence(raw) ? plain_symbol(raw) : fold_word(lower_word(raw));
}

QueryWord query_word(std::string_view raw, TokenKind kind) {
    if (kind != TokenKind::kWord) {
        const std::string term = term_of(raw, kind, kNoLanguage);
        return {term, term, kind};
    }
    std::string lower = lower_word(cut_word(raw));
    std::string folded = fold_word(lower);
    return {std::move(lower), std::move(folded), kind};
}

}  // namespace

bool is_stop_word_of_any(const QueryWord& word, const std::vector<Language>& languages) {
    return word.kind == TokenKind::kWord && std::any_of(languages.begin(), languages.end(), [&](Language language) {
               return is_stop_word(word.folded, language);
           });
}

std::string_view cut_word(std::string_view word) {
    if (word.size() <= kWordBytesMax) return word;
    std::size_t end = kWordBytesMax;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xc0) == 0x80) --end;
    return word.substr(0, end);
}

std::string stem_and_fold(std::string_view lower, Language language) {
    if (is_ascii(lower)) return fold_word(stem(lower, language));
    const std::string plain = spell_script_plainly(lower);
    std::string folded = fold_word(stem(plain, language));
    return folded.empty() ? fold_word(plain) : folded;
}

std::string term_of(std::string_view raw, TokenKind kind, Language language) {
    raw = cut_word(raw);
    return kind == TokenKind::kWord ? stem_and_fold(lower_word(raw), language) : plain_characters(raw);
}

std::vector<QueryWord> words_in_order(std::string_view query) {
    const std::string_view text = base::cut_code_points(query, kQueryCodePointsMax);
    std::vector<Token> tokens;
    break_words(text, tokens);
    std::vector<QueryWord> words;
    for (const Token& token : tokens) {
        if (!has_place(token.kind)) continue;
        QueryWord word = query_word(text.substr(token.begin, token.end - token.begin), token.kind);
        if (!word.folded.empty()) words.push_back(std::move(word));
    }
    return words;
}

bool ends_in_word(std::string_view query) {
    std::vector<Token> tokens;
    break_words(query, tokens);
    return !tokens.empty() && tokens.back().end == query.size();
}

std::vector<QueryWord> query_words(std::string_view query) {
    std::vector<QueryWord> words = words_in_order(query);
    std::unordered_set<std::string> seen;
    std::erase_if(words, [&](const QueryWord& word) { return !seen.insert(word.folded).second; });
    return words;
}

void drop_stop_words(std::vector<QueryWord>& words, const std::vector<Language>& languages) {
    const auto is_stop = [&](const QueryWord& word) { return is_stop_word_of_any(word, languages); };
    if (std::all_of(words.begin(), words.end(), is_stop)) return;
    std::erase_if(words, is_stop);
}

}  // namespace engram::search
