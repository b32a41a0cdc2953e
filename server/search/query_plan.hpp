// From a query to weighted lists of postings and to what may be found at all.
#pragma once

#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/analysis.hpp"
#include "search/doc_set.hpp"
#include "search/documents.hpp"
#include "search/ranking.hpp"
#include "search/vocabulary.hpp"
#include "search/word_forms.hpp"

namespace engram::search {

// Good while `documents` and `vocabulary` do not change.
class QueryPlan {
public:
    QueryPlan(const Documents& documents, const Vocabulary& vocabulary, const ports::IndexQuery& query);
    QueryPlan(const QueryPlan&) = delete;
    QueryPlan& operator=(const QueryPlan&) = delete;

    // The words of the text that are looked for, in their order.
    const std::vector<ports::IndexWord>& words() const { return words_; }

    // One for every word and phrase that any entry may have.
    const std::vector<Group>& groups() const { return groups_; }

    // Nothing is looked for: every entry that may be found is.
    bool is_open() const { return is_open_; }

    // What may be found, as phrases and exclusions have it; nullptr: all.
    const DocSet* allowed() const { return allowed_ ? &*allowed_ : nullptr; }

    // The score of an entry that would hold every word without end; words that no entry has count too.
    float ideal() const { return ideal_; }

private:
    std::vector<Language> languages_seen(std::size_t share_min) const;
    std::vector<AskedWord> asked_words(const ports::IndexQuery& query, const WordForms& forms) const;
    void add_word(WordForms& forms, const AskedWord& asked);
    void add_phrase(WordForms& forms, std::string_view text);
    void exclude(WordForms& forms, std::string_view text);
    DocSet docs_of(std::span<const Posting> postings) const;
    void allow(const DocSet& docs);
    void add_group(std::vector<Part> parts, float weight);
    float weight_of(std::uint64_t entries) const;

    const Documents& documents_;
    const Vocabulary& vocabulary_;
    std::vector<ports::IndexWord> words_;
    std::vector<Group> groups_;
    std::list<std::vector<Posting>> found_phrases_;  // stays put: groups_ looks into it
    std::optional<DocSet> allowed_;
    bool is_open_;
    float ideal_ = 0;
};

}  // namespace engram::search
