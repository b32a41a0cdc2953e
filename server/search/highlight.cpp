#include "search/highlight.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <unordered_set>

#include "search/analysis.hpp"
#include "search/characters.hpp"
#include "search/fold.hpp"
#include "search/phrase_spans.hpp"

namespace engram::search {
namespace {

using ports::IndexMatch;
using Words = std::vector<QueryWord>;

// The first three letters that words may have, two of short ones: they rule nearly all words of a text out before these
// are stemmed, which costs more than all else.
class Fronts {
public:
    void add(std::string_view word) {
        if (!is_ascii(word.substr(0, 1))) return;
        const std::size_t first = code(word[0]) * kCodes;
        if (word.size() < 2 || !is_ascii(word.substr(1, 1))) {
            std::fill_n(&thirds_[first], kCodes, ~0U);
        } else {
            const bool is_short = word.size() <= 3 || !is_ascii(word.substr(2, 1));
            thirds_[first + code(word[1])] |= is_short ? ~0U : 1U << code(word[2]);
        }
    }

    // What is not ASCII may be anything once it is folded, and marks between letters are left out: Wi-Fi, O'Brien.
    bool may_begin(std::string_view raw) const {
        if (raw.size() < 2 || !std::ranges::all_of(raw.substr(0, 3), is_letter_or_digit)) return true;
        const std::uint32_t thirds = thirds_[code(raw[0]) * kCodes + code(raw[1])];
        return raw.size() > 2 ? (thirds >> code(raw[2]) & 1) != 0 : thirds != 0;
    }

private:
    static constexpr std::size_t kCodes = 32;

    static bool is_letter_or_digit(char c) {
        const char lower = lower_ascii(c);
        return (lower >= 'a' && lower <= 'z') || is_digit(c);
    }

    // English stems "dying" to "die".
    static std::size_t code(char c) {
        const char lower = lower_ascii(c);
        if (lower < 'a' || lower > 'z') return static_cast<unsigned char>(c) % 4 + 26;
        return static_cast<std::size_t>((lower == 'y' ? 'i' : lower) - 'a');
    }

    std::array<std::uint32_t, kCodes * kCodes> thirds_{};
};

// What a query finds in texts of one language.
class Forms {
public:
    Forms(const Words& words, const std::vector<std::string>& beginnings, Language language)
        : language_(language), beginnings_(beginnings) {
        for (const QueryWord& word : words) {
            insert(spellings_, word.folded);
            if (word.kind != TokenKind::kWord) continue;
            insert(stems_, stem_and_fold(word.lower, language));
            insert(stems_, stem_and_fold(word.folded, language));
        }
        for (const std::string& beginning : beginnings_) fronts_.add(beginning);
    }

    bool match(std::string_view raw, TokenKind kind) {
        if (!is_stemmed(kind)) return spellings_.contains(term_of(raw, kind, kNoLanguage));
        if (rules_out_ && !fronts_.may_begin(raw)) return false;
        if (const auto known = known_.find(raw); known != known_.end() && known->second.kind == kind)
            return known->second.matches;
        const bool matches = match_stemmed(raw, kind);
        if (known_.size() < kKnownMax) known_.insert_or_assign(std::string(raw), Known{kind, matches});
        return matches;
    }

private:
    static constexpr std::size_t kKnownMax = 1000;
    struct Known {
        TokenKind kind{};
        bool matches = false;
    };

    bool match_stemmed(std::string_view raw, TokenKind kind) const {
        const std::string folded = term_of(raw, kind, kNoLanguage);
        if (spellings_.contains(folded)) return true;
        const auto begins = [&](const std::string& beginning) { return folded.starts_with(beginning); };
        if (std::any_of(beginnings_.begin(), beginnings_.end(), begins)) return true;
        return stems_.contains(term_of(raw, kind, language_));
    }

    void insert(std::unordered_set<std::string>& set, const std::string& word) {
        if (set.insert(word).second) fronts_.add(word);
    }

    Language language_;
    bool rules_out_ = keeps_first_letters(language_);
    const std::vector<std::string>& beginnings_;
    std::unordered_set<std::string> spellings_, stems_;
    Fronts fronts_;
    std::map<std::string, Known, std::less<>> known_;  // words of texts: most of them come again
};

class WordMarker final : public ports::SearchIndex::Marker {
public:
    WordMarker(const ports::IndexQuery& query, const std::vector<ports::IndexWord>& words) {
        const Words typed = query_words(query.text);
        for (const ports::IndexWord& word : words) {
            for (const QueryWord& one : typed)  // the digits of a phone number may be a word of their own
                if (word_as_told(one, query.text) == word.typed) words_.push_back(one);
            for (const std::string& found : word.found) words_.push_back({.lower = found, .folded = found});
            if (word.match == IndexMatch::kBeginning) beginnings_.push_back(word.typed);
        }
        for (const std::string& phrase : query.phrases) phrases_.push_back(words_in_order(phrase));
    }

    std::vector<ports::Highlight> mark(std::string_view text, std::string_view language) override {
        std::vector<ports::Highlight> spans;
        if (words_.empty() && phrases_.empty()) return spans;
        Forms& forms = forms_of(language_of(language));
        tokens_.clear();
        break_words(text, tokens_);
        for (const Token& token : tokens_) {
            if (!forms.match(text.substr(token.begin, token.end - token.begin), token.kind)) continue;
            if (!spans.empty() && token.begin < spans.back().end) {
                spans.back().end = std::max<std::size_t>(spans.back().end, token.end);
            } else {
                spans.push_back({token.begin, token.end});
            }
        }
        if (phrases_.empty()) return spans;
        for (const Words& phrase : phrases_) add_phrase_spans(text, tokens_, phrase, language_of(language), spans);
        return merged(std::move(spans));
    }

private:
    static std::vector<ports::Highlight> merged(std::vector<ports::Highlight> spans) {
        std::ranges::sort(spans, {}, &ports::Highlight::begin);
        std::vector<ports::Highlight> apart;
        for (const ports::Highlight& span : spans)
            if (!apart.empty() && span.begin < apart.back().end)
                apart.back().end = std::max(apart.back().end, span.end);
            else
                apart.push_back(span);
        return apart;
    }

    Forms& forms_of(Language language) {
        const auto known = forms_.find(language);
        if (known != forms_.end()) return known->second;
        return forms_.try_emplace(language, words_, beginnings_, language).first->second;
    }

    Words words_;
    std::vector<Words> phrases_;
    std::vector<std::string> beginnings_;
    std::map<Language, Forms> forms_;
    std::vector<Token> tokens_;
};

}  // namespace

std::unique_ptr<ports::SearchIndex::Marker> make_marker(const ports::IndexQuery& query,
                                                        const std::vector<ports::IndexWord>& words) {
    return std::make_unique<WordMarker>(query, words);
}

}  // namespace engram::search
