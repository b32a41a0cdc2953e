// Families of words of which each finds all.
#pragma once

#include <string>
#include <vector>

#include "search/analysis.hpp"
#include "search/language.hpp"

namespace engram::search {

class Synonyms {
public:
    // As ports::IndexQuery has them. Which words are of a family is told by the stems of these languages.
    Synonyms(const std::vector<std::vector<std::string>>& families, const std::vector<Language>& languages);

    // The others of the word's families, each as its folded words in their order.
    std::vector<std::vector<std::string>> of(const QueryWord& word) const;

private:
    struct Member {
        std::vector<QueryWord> words;
        std::size_t family = 0;
    };
    bool is(const Member& member, const QueryWord& word) const;

    std::vector<Language> languages_;
    std::vector<Member> members_;
};

}  // namespace engram::search
