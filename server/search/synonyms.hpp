// Families of words of which each finds all.
#pragma once

#include <string>
#include <vector>

#include "search/analysis.hpp"
#include "search/language.hpp"

namespace engram::search {

class Synonyms {
public:
    // As ports::IndexQuery has them. Which words are of a family is told by the stems of these languages. Both must
    // outlive it.
    Synonyms(const std::vector<std::vector<std::string>>& families, const std::vector<Language>& languages)
        : families_(families), languages_(languages) {}

    // The others of the word's families, each as its folded words in their order.
    std::vector<std::vector<std::string>> of(const QueryWord& word) const;

private:
    using Words = std::vector<QueryWord>;
    bool is(const Words& member, const QueryWord& word) const;
    bool has(const std::vector<std::string>& family, const QueryWord& word) const;

    const std::vector<std::vector<std::string>>& families_;
    const std::vector<Language>& languages_;
};

}  // namespace engram::search
