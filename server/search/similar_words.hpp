// The words that somebody may have meant who typed one that is not there.
#pragma once

#include <string_view>
#include <vector>

#include "search/vocabulary.hpp"

namespace engram::search {

struct SimilarWord {
    int distance = 0;
    bool other_front = false;  // begins with another letter
    std::uint64_t entries = 0;
    Spelling spelling = 0;
    std::vector<Term> terms;
};

// The likeliest first, at most five, all as near: fewest letters wrong, then the same first letter, then the most
// frequent. None for short words and those with a digit. Looks at every word there is.
std::vector<SimilarWord> find_similar(const Vocabulary& vocabulary, std::string_view folded);

}  // namespace engram::search
