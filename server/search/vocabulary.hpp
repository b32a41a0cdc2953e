// The words of an index, the terms that stand for them, and where the terms are.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "search/analysis.hpp"
#include "search/column.hpp"
#include "search/lexicon.hpp"
#include "search/postings.hpp"
#include "search/string_table.hpp"

namespace engram::search {

using Term = std::uint32_t;
using Word = std::uint32_t;  // as it is written in texts of one language

inline constexpr Word kNoWord = 0xffffffff;

// Readers side by side, or one writer.
class Vocabulary {
public:
    explicit Vocabulary(std::pmr::memory_resource* memory);

    // The word of a token; stemmed once. Nothing where nothing of it can be seen.
    std::optional<Word> intern(std::string_view raw, TokenKind kind, Language language);

    // The same word as another vocabulary's.
    Word take(const Vocabulary& other, Word word);

    Term term_of(Word word) const { return rows_[word].term; }
    std::size_t word_count() const { return rows_.size(); }

    // How often it stands in live entries.
    void add_use(Word word) { ++rows_[word].uses; }
    void remove_use(Word word) { --rows_[word].uses; }

    // `doc` must be above every doc of the term.
    void add_posting(Term term, Posting posting);
    void remove_live(Term term) { --terms_[term].live; }
    std::span<const Posting> postings(Term term) const { return terms_[term].postings; }
    std::uint32_t live_count(Term term) const { return terms_[term].live; }

    // Every term that the word may have in these languages and that live entries hold; sorted.
    std::vector<Term> find(const QueryWord& word, std::span<const Language> languages) const;

    // The spellings may be those of dead entries: then they have no live term.
    const Lexicon& lexicon() const { return lexicon_; }
    void append_live_terms(Spelling spelling, std::vector<Term>& out) const;

private:
    struct TermRow {
        std::pmr::vector<Posting> postings;
        std::uint32_t live = 0;  // how many of them are of live entries
    };
    struct WordRow {
        Term term = kNoTerm;
        std::uint32_t uses = 0;
        Spelling spelling = kNoSpelling;
        Word next = kNoWord;  // with this spelling
    };
    static constexpr Term kNoTerm = 0xffffffff;
    static constexpr Spelling kNoSpelling = 0xffffffff;

    Term intern_term(std::string_view key);
    WordRow make_row(std::string_view raw, TokenKind kind, Language language);
    void add_row(const WordRow& row);

    std::pmr::memory_resource* memory_;
    StringTable term_keys_;  // a byte that says in which language it is a stem, then the stem, or what is none
    Column<TermRow> terms_;
    StringTable word_texts_;  // a byte that says of what language or kind, then the word, ASCII in lower case
    Column<WordRow> rows_;    // by word
    Lexicon lexicon_;
    Column<Word> first_words_;  // by spelling
};

// Sorts them and leaves each once.
void sort_unique(std::vector<Term>& terms);

}  // namespace engram::search
