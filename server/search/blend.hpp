// One ranking of words and meaning (docs/search.md).
#pragma once

#include <span>
#include <vector>

#include "search/conversation.hpp"
#include "search/documents.hpp"
#include "search/facets.hpp"
#include "search/filter.hpp"
#include "search/ranking.hpp"

namespace engram::search {

// What is asked, by words and by meaning.
struct Blended {
    std::span<const Group> groups;
    float ideal = 0;  // the sum of the weights, also of words that no entry has
    std::span<const ports::IndexHint> hints;
    std::span<const float> meanings;  // standard scores by place; may be empty
};

// Found is what has a word of the query, and beside it the nearest in meaning. A score is the chance of being what was
// meant, as it came out on the collections the ranking was tuned on: 0 to 1, comparable between queries. Readers side
// by side.
Ranking blend(const Documents& documents, const Conversations& all, const Blended& asked, const Filter& filter,
              std::size_t best_count, Facets* facets);

}  // namespace engram::search
