// From the text of a query to weighted lists of postings.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "search/analysis.hpp"
#include "search/documents.hpp"
#include "search/ranking.hpp"
#include "search/vocabulary.hpp"

namespace engram::search {

// Good while `documents` and `vocabulary` do not change.
class QueryPlan {
public:
    QueryPlan(const Documents& documents, const Vocabulary& vocabulary, std::string_view query);
    QueryPlan(const QueryPlan&) = delete;
    QueryPlan& operator=(const QueryPlan&) = delete;

    // The words that are looked for, folded.
    const std::vector<std::string>& words() const { return words_; }

    // A list for every word that any entry may have.
    const std::vector<WeightedPostings>& lists() const { return lists_; }

    // The score of an entry that would hold every word without end; words that no entry has count too.
    float ideal() const { return ideal_; }

private:
    std::vector<Language> languages_seen(std::size_t share_min) const;
    void add_word(const QueryWord& word, const std::vector<Language>& languages);
    void add_list(std::span<const Posting> postings, std::uint64_t live);

    const Documents& documents_;
    const Vocabulary& vocabulary_;
    std::vector<std::string> words_;
    std::vector<WeightedPostings> lists_;
    std::list<std::vector<Posting>> merged_;  // stays put: lists_ looks into it
    float ideal_ = 0;
};

}  // namespace engram::search
