// Words that stand side by side.
#pragma once

#include <span>
#include <vector>

#include "search/documents.hpp"
#include "search/postings.hpp"
#include "search/vocabulary.hpp"

namespace engram::search {

// A word of a phrase: an entry has one of these terms in its place. Sorted; none: no entry has the phrase.
using AnyTerm = std::vector<Term>;

// The live entries that have the words next to each other in this order, with how often they do.
std::vector<Posting> find_phrase(const Documents& documents, const Vocabulary& vocabulary,
                                 std::span<const AnyTerm> words);

}  // namespace engram::search
