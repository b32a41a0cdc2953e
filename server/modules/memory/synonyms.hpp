// The rules of synonyms: pure functions.
#pragma once

#include <string>

#include "modules/memory/memory.hpp"

namespace engram::memory {

// The person's own after those that everybody has (the specification's four families).
WordFamilies with_common_synonyms(WordFamilies own);

// Takes blanks around words away. Throws kInvalid naming each family and word that is out of bounds: families of
// kFamilyWordsMin to kFamilyWordsMax words, single words of up to kFamilyWordMax code points.
void tidy_up(WordFamilies& families);

// With those of `more` that are in bounds and not there yet, as many as there may be.
WordFamilies with_more(WordFamilies own, const WordFamilies& more);

// As they are stored.
std::string json_of(const WordFamilies& families);

}  // namespace engram::memory
