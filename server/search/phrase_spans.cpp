#include "search/phrase_spans.hpp"

#include <string>

namespace engram::search {
namespace {

bool is(const QueryWord& word, std::string_view raw, TokenKind kind, Language language) {
    if (term_of(raw, kind, kNoLanguage) == word.folded) return true;
    if (kind != TokenKind::kWord || word.kind != TokenKind::kWord) return false;
    const std::string stem = term_of(raw, kind, language);
    return stem == stem_and_fold(word.lower, language) || stem == stem_and_fold(word.folded, language);
}

}  // namespace

void add_phrase_spans(std::string_view text, std::span<const Token> tokens, const std::vector<QueryWord>& phrase,
                      Language language, std::vector<ports::Highlight>& spans) {
    std::vector<Token> words;
    for (const Token& token : tokens)
        if (counts_as_word(token.kind)) words.push_back(token);
    const auto is_at = [&](std::size_t at) {
        for (std::size_t i = 0; i < phrase.size(); ++i) {
            const Token& token = words[at + i];
            if (!is(phrase[i], text.substr(token.begin, token.end - token.begin), token.kind, language)) return false;
        }
        return true;
    };
    for (std::size_t at = 0; !phrase.empty() && at + phrase.size() <= words.size(); ++at)
        if (is_at(at)) spans.push_back({words[at].begin, words[at + phrase.size() - 1].end});
}

}  // namespace engram::search
