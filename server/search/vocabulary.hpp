// The terms of an index and their postings, and which words of the texts lead to them.
#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "search/analysis.hpp"
#include "search/postings.hpp"
#include "search/string_table.hpp"

namespace engram::search {

using Term = std::uint32_t;

// Readers side by side, or one writer.
class Vocabulary {
public:
    explicit Vocabulary(std::pmr::memory_resource* memory);

    // The term of a token; stemmed once per word and language. Nothing where nothing of it can be seen.
    std::optional<Term> intern(std::string_view raw, TokenKind kind, Language language);

    // Every term that the word may have in these languages and that live entries hold; sorted.
    std::vector<Term> find(const QueryWord& word, std::span<const Language> languages) const;

    // `doc` must be above every doc of the term.
    void add_posting(Term term, Posting posting);
    void remove_live(Term term) { --entries_[term].live; }

    std::span<const Posting> postings(Term term) const { return entries_[term].postings; }
    std::uint32_t live_count(Term term) const { return entries_[term].live; }

    // Gives every doc its new place; drops the postings of those that have none (kDocsMax).
    void renumber(std::span<const Doc> places);

private:
    struct Entry {
        std::pmr::vector<Posting> postings;
        std::uint32_t live = 0;  // how many of them are of live entries
    };
    static constexpr std::uint32_t kNone = 0xffffffff;
    struct Alias {
        Term term = 0;
        std::uint32_t next = kNone;
    };

    Term intern_term(std::string_view text);
    std::optional<Term> stem_new_word(std::string_view raw, TokenKind kind, Language language);
    void add_alias(std::string_view folded, Term term);
    void find_aliases(std::string_view folded, std::vector<Term>& out) const;

    std::pmr::memory_resource* memory_;
    StringTable terms_;
    std::pmr::vector<Entry> entries_;  // by term
    StringTable words_;                // a byte of language, then the word as written, ASCII in lower case
    std::pmr::vector<Term> word_terms_;
    StringTable folded_;  // spellings without accents of words that have some
    std::pmr::vector<std::uint32_t> alias_heads_;
    std::pmr::vector<Alias> aliases_;
};

}  // namespace engram::search
