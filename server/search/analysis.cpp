#include "search/analysis.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "search/fold.hpp"
#include "search/joined_words.hpp"
#include "search/phone_numbers.hpp"
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

QueryWord query_word(std::string_view raw, const Token& token) {
    QueryWord word{.lower = {}, .folded = {}, .kind = token.kind, .begin = token.begin, .end = token.end};
    if (token.kind == TokenKind::kWord) {
        word.lower = lower_word(cut_word(raw));
        word.folded = fold_word(word.lower);
    } else {
        word.lower = word.folded = term_of(raw, token.kind, kNoLanguage);
    }
    return word;
}

// Of the tokens for one number, the longest: each begins where the one before it does.
bool is_looked_for(const std::vector<Token>& tokens, std::size_t number) {
    const Token& token = tokens[number];
    if (token.kind != TokenKind::kPhone) return counts_as_word(token.kind);
    return number + 1 == tokens.size() || tokens[number + 1].kind != TokenKind::kPhone ||
           tokens[number + 1].begin != token.begin;
}

using Wanted = bool (*)(const std::vector<Token>& tokens, std::size_t number);

bool lies_in(const QueryWord& word, const QueryWord& phone) {
    return word.kind != TokenKind::kPhone && word.begin >= phone.begin && word.end <= phone.end;
}

std::vector<QueryWord> read_words(std::string_view query, const Wanted& wanted) {
    const std::string_view text = base::cut_code_points(query, kQueryCodePointsMax);
    std::vector<Token> tokens;
    break_words(text, tokens);
    std::vector<QueryWord> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!wanted(tokens, i)) continue;
        QueryWord word = query_word(text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin), tokens[i]);
        if (!word.folded.empty()) words.push_back(std::move(word));
    }
    return words;
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
    switch (kind) {
        case TokenKind::kWord:
            return stem_and_fold(lower_word(raw), language);
        case TokenKind::kJoined:
            return stem_and_fold(lower_word(join_words(raw)), language);
        case TokenKind::kPhone:
            return phone_key(raw);
        case TokenKind::kSymbol:
        case TokenKind::kGram:
        case TokenKind::kSingle:
            return plain_characters(raw);
    }
    return {};
}

std::vector<QueryWord> words_in_order(std::string_view text) {
    return read_words(
        text, [](const std::vector<Token>& tokens, std::size_t number) { return counts_as_word(tokens[number].kind); });
}

bool ends_in_word(std::string_view query) {
    std::vector<Token> tokens;
    break_words(query, tokens);
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) { return token.end == query.size(); });
}

std::vector<QueryWord> query_words(std::string_view query) {
    std::vector<QueryWord> words = read_words(query, is_looked_for);
    std::unordered_set<std::string> seen;
    std::erase_if(words, [&](const QueryWord& word) { return !seen.insert(word.folded).second; });
    return words;
}

std::string word_as_told(const QueryWord& word, std::string_view query) {
    if (word.kind != TokenKind::kPhone) return word.folded;
    return std::string(query.substr(word.begin, word.end - word.begin));
}

void settle_phones(std::vector<QueryWord>& words, const std::function<bool(const QueryWord&)>& is_known) {
    if (std::ranges::find(words, TokenKind::kPhone, &QueryWord::kind) == words.end()) return;
    const auto begin = std::stable_partition(words.begin(), words.end(),
                                             [](const QueryWord& word) { return word.kind != TokenKind::kPhone; });
    const std::vector<QueryWord> phones(begin, words.end());
    words.erase(begin, words.end());
    for (const QueryWord& phone : phones) {
        if (!is_known(phone)) continue;
        const auto place =
            std::find_if(words.begin(), words.end(), [&](const QueryWord& word) { return word.begin >= phone.begin; });
        const auto behind = words.insert(place, phone);
        words.erase(std::remove_if(behind, words.end(), [&](const QueryWord& word) { return lies_in(word, phone); }),
                    words.end());
    }
}

void drop_stop_words(std::vector<QueryWord>& words, const std::vector<Language>& languages) {
    const auto is_stop = [&](const QueryWord& word) { return is_stop_word_of_any(word, languages); };
    if (std::all_of(words.begin(), words.end(), is_stop)) return;
    std::erase_if(words, is_stop);
}

}  // namespace engram::search
