// The best entries for weighted lists of postings, and how many there are at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/documents.hpp"
#include "search/facets.hpp"
#include "search/filter.hpp"
#include "search/hinted.hpp"
#include "search/postings.hpp"

namespace engram::search {

// Entries that have one form of a word.
struct Part {
    std::span<const Posting> postings;
    float factor = 1;  // how good a match the form is: above 0, at most 1
};

// A word: an entry scores weight × the best of factor × impact among its forms.
struct Group {
    std::vector<Part> parts;
    float weight = 0;  // above 0
};

struct RankedDoc {
    float score = 0;
    Doc doc = 0;
};

struct Ranking {
    std::vector<RankedDoc> best;  // best first; ties newest first, then by id
    std::int64_t total = 0;       // entries in any list that pass the filter
};

// What is added to the score of an entry that has a word.
struct Raise {
    const Hints& hints;
    float most = 0;  // of one for which all hints hold

    float of(Doc doc) const { return most * hints.share(doc); }
};

// Scores an entry with the sum of its groups. Windows of entries, all lists within each (as Lucene's BooleanScorer
// does): the sums stay in the fastest cache. An exact total has to look at every posting, and adding its score there
// costs no more than skipping it would, so nothing is pruned. `raise` and `facets`, if any, are heeded and told what is
// found. Readers side by side.
Ranking rank(const Documents& documents, const Filter& filter, std::span<const Group> groups, std::size_t best_count,
             Facets* facets, const Raise* raise = nullptr);

}  // namespace engram::search
