// What to look for where a word is asked for: its forms, and where there are none what it may have been meant to be.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "ports/search_index.hpp"
#include "search/analysis.hpp"
#include "search/documents.hpp"
#include "search/ranking.hpp"
#include "search/synonyms.hpp"
#include "search/vocabulary.hpp"

namespace engram::search {

struct AskedWord {
    QueryWord word;
    std::string typed;                // as it is told
    bool unfinished = false;          // more letters may follow
    bool is_right = false;            // written as it should be: no other word is meant
    std::vector<std::string> joined;  // folded: written together with a neighbour
};

struct FoundForms {
    ports::IndexWord told;
    std::vector<Part> parts;
    std::uint64_t entries = 0;  // that have it, about: forms are counted apart
};

// Good while `documents` and `vocabulary` do not change; `found_phrases` keeps what parts look into.
class WordForms {
public:
    WordForms(const Documents& documents, const Vocabulary& vocabulary, std::vector<Language> languages,
              const Synonyms& synonyms, std::list<std::vector<Posting>>& found_phrases)
        : documents_(documents),
          vocabulary_(vocabulary),
          languages_(std::move(languages)),
          synonyms_(synonyms),
          found_phrases_(found_phrases) {}

    FoundForms find(const AskedWord& asked);

    // Of one word of a phrase.
    std::vector<Term> terms_of(const QueryWord& word) const { return vocabulary_.find(word, languages_); }

private:
    void add_terms(FoundForms& forms, std::span<const Term> terms, float factor) const;
    void add_phrase(FoundForms& forms, std::span<const std::string> words, float factor);
    void add_joined(FoundForms& forms, const AskedWord& asked) const;
    void add_split(FoundForms& forms, const QueryWord& word);
    void add_synonyms(FoundForms& forms, const QueryWord& word);
    void add_beginnings(FoundForms& forms, const QueryWord& word) const;
    void add_similar(FoundForms& forms, const QueryWord& word);
    std::vector<Term> live_terms_of(std::string_view folded) const;

    const Documents& documents_;
    const Vocabulary& vocabulary_;
    std::vector<Language> languages_;
    const Synonyms& synonyms_;
    std::list<std::vector<Posting>>& found_phrases_;
    int guesses_ = 0;
};

}  // namespace engram::search
