// A place in a row of tokens that goes on word by word, in one language. Pure.
#pragma once

#include <initializer_list>
#include <optional>

#include "modules/memory/hints/hint_words.hpp"

namespace engram::memory {

// Cheap to copy: a reader tries with a copy, and the caller stays where it was. The tokens must outlive it.
class HintCursor {
public:
    HintCursor(const std::vector<HintToken>& tokens, std::size_t at) : tokens_(&tokens), begin_(at), at_(at) {}

    std::size_t at() const { return at_; }
    Languages languages() const { return languages_; }

    // Null at the end, and where the phrase cannot go on.
    const HintToken* token() const;
    const HintToken* previous() const { return at_ > 0 ? &(*tokens_)[at_ - 1] : nullptr; }

    // The word of that role here, and goes behind it; null, and stays, where there is none.
    const HintWord* take(HintRole role);
    bool skip(HintRole role) { return take(role) != nullptr; }

    // Up to three words of these roles: "of the". How many.
    int skip_any(std::initializer_list<HintRole> roles);
    void skip_possessive();  // 's

    // "-" and its like before the token here; goes nowhere.
    bool is_behind_dash() const;
    bool is_behind_apostrophe() const;

    // A number of one to three digits, or a word for one up to thirty. `in_range`: as for days.
    std::optional<int> take_number(bool in_range = false);

    // 1 to 31, also 3rd, 1er and "third". `in_range`: dashes beside it make no other number of it.
    std::optional<int> take_day(bool in_range = false);

    // 1900 to 2099. `two`: "2023/24" as well.
    std::optional<int> take_year(bool two = false);

    // One, or "2019-2021".
    struct Years {
        int first, last;
    };
    std::optional<Years> take_years();

    // "'24" and "’98"; `bare`: "24" and "23/24" as well, unless it counts what follows.
    std::optional<int> take_short_year(bool bare = false);

    void go_to(std::size_t at, Languages languages) {
        at_ = at;
        languages_ = languages;
    }
    void step() { ++at_; }

private:
    bool stands_alone(const HintToken& token, bool dashes) const;
    bool skip_year_behind_slash(int year);

    const std::vector<HintToken>* tokens_;
    std::size_t begin_, at_;
    Languages languages_ = kAnyLanguage;
};

}  // namespace engram::memory
