#include "search/highlight.hpp"

#include <array>
#include <string>
#include <unordered_set>

#include "search/analysis.hpp"
#include "search/characters.hpp"
#include "search/fold.hpp"

namespace engram::search {
namespace {

// What a query finds in texts of one language.
class Matcher {
public:
    Matcher(std::string_view query, Language language) : language_(language) {
        std::vector<QueryWord> words = query_words(query);
        drop_stop_words(words, {language});
        for (const QueryWord& word : words) {
            insert(spellings_, word.folded);
            if (word.kind != TokenKind::kWord) continue;
            insert(stems_, stem_and_fold(word.lower, language));
            insert(stems_, stem_and_fold(word.folded, language));
        }
    }

    bool is_empty() const { return spellings_.empty(); }

    bool matches(std::string_view raw, TokenKind kind) const {
        if (!may_match(raw)) return false;
        if (kind != TokenKind::kWord) return spellings_.contains(term_of(raw, kind, kNoLanguage));
        const std::string lower = lower_word(cut_word(raw));
        return spellings_.contains(fold_word(lower)) || stems_.contains(stem_and_fold(lower, language_));
    }

private:
    void insert(std::unordered_set<std::string>& set, const std::string& word) {
        set.insert(word);
        fronts_[static_cast<unsigned char>(word.front())] = true;
    }

    // Stemming a word costs as much as all else: where stems keep their first letter it rules most words out.
    bool may_match(std::string_view raw) const {
        const auto front = static_cast<unsigned char>(lower_ascii(raw.front()));
        return !keeps_front(language_) || front >= 0x80 || fronts_[front];
    }

    Language language_;
    std::unordered_set<std::string> spellings_, stems_;
    std::array<bool, 256> fronts_{};
};

}  // namespace

std::vector<ports::Highlight> highlight(std::string_view query, std::string_view text, std::string_view language) {
    std::vector<ports::Highlight> spans;
    const Matcher matcher(query, language_of(language));
    if (matcher.is_empty()) return spans;
    std::vector<Token> tokens;
    break_words(text, tokens);
    for (const Token& token : tokens) {
        if (!matcher.matches(text.substr(token.begin, token.end - token.begin), token.kind)) continue;
        if (!spans.empty() && token.begin < spans.back().end) {
            spans.back().end = std::max<std::size_t>(spans.back().end, token.end);
        } else {
            spans.push_back({token.begin, token.end});
        }
    }
    return spans;
}

}  // namespace engram::search
