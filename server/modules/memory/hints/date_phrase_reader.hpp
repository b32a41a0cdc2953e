// What a phrase of days may be made of: an item alone, its beginning or end, a range of two, one that is open. Pure.
#pragma once

#include "modules/memory/hints/date_items.hpp"
#include "modules/memory/hints/date_phrases.hpp"

namespace engram::memory {

class DatePhrases {
public:
    DatePhrases(const std::vector<HintToken>& tokens, const AskToday& ask_today, std::optional<int> year_elsewhere)
        : tokens_(tokens), items_(tokens, ask_today, year_elsewhere) {}

    // The longest phrase that begins there; its `end` is the token behind it.
    std::optional<DateItem> read(std::size_t begin) const;

    // What else may be meant, behind the phrase that began there: "or April", "and 2024". Each takes the year of the
    // other where it has none.
    struct Other {
        std::size_t begin = 0;
        DateItem item;
    };
    std::optional<Other> read_other(std::size_t begin, DateItem& first) const;

private:
    std::optional<DateItem> read_between(HintCursor at) const;
    std::optional<DateItem> read_from_to(HintCursor at) const;
    std::optional<DateItem> read_open(HintCursor at) const;
    std::optional<DateItem> read_alone(HintCursor at) const;
    std::optional<DateItem> read_item(const HintCursor& at, const DateContext& context) const;
    std::optional<DateItem> read_behind(const HintCursor& at, const DateContext& context) const;
    std::optional<DateItem> read_pair(HintCursor at, const DateContext& context, bool with_and) const;
    std::optional<DateItem> joined(DateItem first, DateItem last) const;
    void take_year_elsewhere(DateItem& last) const;
    bool fit_years(DateItem& first, DateItem& last) const;

    const std::vector<HintToken>& tokens_;
    DateItems items_;
};

}  // namespace engram::memory
