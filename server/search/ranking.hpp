// The best entries for weighted lists of postings, and how many there are at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/documents.hpp"
#include "search/filter.hpp"
#include "search/postings.hpp"

namespace engram::search {

struct WeightedPostings {
    std::span<const Posting> postings;
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

// Scores an entry with the sum of weight × impact. Windows of entries, all lists within each (as Lucene's
// BooleanScorer does): the sums stay in the fastest cache. An exact total has to look at every posting, and adding
// its score there costs no more than skipping it would, so nothing is pruned. Readers side by side.
Ranking rank(const Documents& documents, const Filter& filter, std::span<const WeightedPostings> lists,
             std::size_t best_count);

}  // namespace engram::search
