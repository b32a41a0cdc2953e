#include "search/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "search/characters.hpp"

namespace engram::search {
namespace {

// Group and word in one key, without an allocation: this runs for every word of every text.
class WordKey {
public:
    WordKey(std::string_view word, TokenKind kind, Language language) {
        bytes_[0] = static_cast<char>(term_group(kind, language));
        for (const char c : cut_word(word)) bytes_[size_++] = lower_ascii(c);
    }
    std::string_view view() const { return {bytes_.data(), size_}; }

private:
    std::array<char, 72> bytes_{};
    std::size_t size_ = 1;
};

// A stem of one language is none of another: French "Meer" has that of English "me".
std::string term_key(std::string_view text, Language language) {
    std::string key(1, static_cast<char>(language));
    return key += text;
}

}  // namespace

Vocabulary::Vocabulary(std::pmr::memory_resource* memory)
    : memory_(memory),
      term_keys_(memory),
      terms_(memory),
      word_texts_(memory),
      rows_(memory),
      lexicon_(memory),
      first_words_(memory) {}

Term Vocabulary::intern_term(std::string_view key) {
    const Term term = term_keys_.intern(key);
    if (term == terms_.size()) terms_.push_back({std::pmr::vector<Posting>(memory_), 0});
    return term;
}

std::optional<Word> Vocabulary::intern(std::string_view raw, TokenKind kind, Language language) {
    const WordKey key(raw, kind, language);
    const Word word = word_texts_.intern(key.view());
    if (word == rows_.size()) add_row(make_row(raw, kind, language));
    return rows_[word].term == kNoTerm ? std::nullopt : std::optional(word);
}

Vocabulary::WordRow Vocabulary::make_row(std::string_view raw, TokenKind kind, Language language) {
    WordRow row;
    const std::string text = search::term_of(raw, kind, language);
    if (text.empty()) return row;
    row.term = intern_term(term_key(text, is_stemmed(kind) ? language : kNoLanguage));
    if (is_stemmed(kind)) row.spelling = lexicon_.intern(search::term_of(raw, kind, kNoLanguage));
    return row;
}

void Vocabulary::add_row(const WordRow& row) {
    const Word word = static_cast<Word>(rows_.size());
    rows_.push_back(row);
    if (row.spelling == kNoSpelling) return;
    if (row.spelling == first_words_.size()) return first_words_.push_back(word);
    rows_[word].next = first_words_[row.spelling];
    first_words_[row.spelling] = word;
}

Word Vocabulary::take(const Vocabulary& other, Word word) {
    const Word taken = word_texts_.intern(other.word_texts_.text(word));
    if (taken < rows_.size()) return taken;
    const WordRow& row = other.rows_[word];
    WordRow own;
    if (row.term != kNoTerm) own.term = intern_term(other.term_keys_.text(row.term));
    if (row.spelling != kNoSpelling) own.spelling = lexicon_.intern(other.lexicon_.text(row.spelling));
    add_row(own);
    return taken;
}

void Vocabulary::append_live_terms(Spelling spelling, std::vector<Term>& out) const {
    for (Word word = first_words_[spelling]; word != kNoWord; word = rows_[word].next)
        if (rows_[word].uses > 0) out.push_back(rows_[word].term);
}

std::vector<Term> Vocabulary::find(const QueryWord& word, std::span<const Language> languages) const {
    std::vector<Term> found;
    const auto look_for = [&](std::string_view text, Language language) {
        const auto term = term_keys_.find(term_key(text, language));
        if (term && live_count(*term) > 0) found.push_back(*term);
    };
    if (word.kind == TokenKind::kWord) {
        for (const Language language : languages) {
            look_for(stem_and_fold(word.lower, language), language);
            if (word.folded != word.lower) look_for(stem_and_fold(word.folded, language), language);
        }
        if (const auto spelling = lexicon_.find(word.folded)) append_live_terms(*spelling, found);
    } else {
        look_for(word.folded, kNoLanguage);
    }
    sort_unique(found);
    return found;
}

void Vocabulary::add_posting(Term term, Posting posting) {
    TermRow& row = terms_[term];
    row.postings.push_back(posting);
    ++row.live;
}

void sort_unique(std::vector<Term>& terms) {
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

}  // namespace engram::search
