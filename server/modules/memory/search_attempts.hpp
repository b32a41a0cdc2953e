// What a search asks of the index, and what it gives up, step by step, where nothing is found. Pure.
#pragma once

#include <vector>

#include "modules/memory/query_language.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// One way to understand a query.
struct Attempt {
    bool phrases_as_words = false, without_operators = false, hints_as_words = false, hints_alone = false;
    bool operator==(const Attempt&) const = default;
};

// The ways to try until something is found: as typed first, then ever less. The filters of the API and what was to be
// left out always hold; operators are given up only where words are left.
std::vector<Attempt> attempts_of(const ParsedQuery& typed);

// What that one gives up of the query, and why.
std::vector<Dropped> given_up(const ParsedQuery& typed, const Attempt& attempt);

// The words of hints are not looked for, unless they may stand in a text ("in March") or nothing is found without them.
ports::IndexQuery index_query(const SearchQuery& asked, const ParsedQuery& typed, const Attempt& attempt,
                              const WordFamilies& synonyms);

// Who has said nothing and what tags nothing was no hint.
void forget_unknown(std::vector<QueryHint>& hints, const std::vector<std::string>& known_marks);

// How it was looked for.
struct Manner {
    bool by_meaning = false;  // so that a word which no memory has counted all the same
    bool typing = false;      // the last word may go on
};

// How the query was understood in the end.
Interpreted interpretation(const ParsedQuery& typed, const Attempt& attempt, std::vector<ports::IndexWord>&& words,
                           const Manner& manner = {});

Facets facets_of(const ports::IndexAnswer& answer);

}  // namespace engram::memory
