// What names days without a range around it: "yesterday", "two weeks ago", "last summer", "3 March 2024". Pure.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "modules/memory/hints/date_spans.hpp"
#include "modules/memory/hints/hint_cursor.hpp"

namespace engram::memory {

using AskToday = std::function<LocalDay()>;

// May these days be those of any other time as well? "in March", "Mondays".
enum class Repeats { kOnce, kYearly, kWeekly };

struct DateItem {
    std::size_t end = 0;  // the token behind it
    Languages languages = kAnyLanguage;
    DaySpan days;
    Repeats repeats = Repeats::kOnce;
    bool named = false;            // by words that stand in texts too: "March 2024", not "last week"
    bool vague = false;            // "recently"
    bool weak = false;             // accepted for the other end of a range alone
    std::optional<Yearly> yearly;  // what it is of a year
    bool has_year = false;         // which year was said
    std::optional<int> weekday;    // 1 (Monday) to 7
};

// What stands before an item, and so what it may be.
struct DateContext {
    bool in = false;      // a word of time: "in", "since"
    bool on = false;      // "on"
    bool at = false;      // "à": of holidays and seasons
    bool from = false;    // "from", which may be of a person
    bool since = false;   // "since two weeks"
    bool paired = false;  // one end of a range
    bool beside = false;  // "the day before", "the first week of"
};

class DateItems {
public:
    // All of it must outlive this. `year`: one that stands alone elsewhere, of what is named without one.
    DateItems(const std::vector<HintToken>& tokens, const AskToday& ask_today, std::optional<int> year);

    std::optional<int> year_elsewhere() const { return year_elsewhere_; }

    // The longest item that begins there.
    std::optional<DateItem> read(const HintCursor& at, const DateContext& context) const;

    // The last that has begun of "the year", whose beginning (0), middle or end (2) is asked for: that part.
    std::optional<DateItem> read_part_of_the_year(HintCursor at, int part) const;

private:
    using Reader = std::optional<DateItem> (DateItems::*)(HintCursor, const DateContext&) const;
    struct Name;

    std::optional<DateItem> read_numerals(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_day(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_part_of_day(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_ago(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_weekdays_ago(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_this_time(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_so_far(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_recent(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_beside(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_nth(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_rolling(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_unit(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_weekend(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_named(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_weekday(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_year(HintCursor at, const DateContext& context) const;
    std::optional<DateItem> read_decade(HintCursor at, const DateContext& context) const;

    std::optional<Name> read_name(HintCursor& at) const;
    std::optional<Name> read_day_and_month(HintCursor& at) const;
    std::optional<Name> read_month_and_day(HintCursor& at) const;
    std::optional<int> read_year_behind(HintCursor& at, const Name& name) const;
    bool is_short_year(const HintCursor& at, const HintCursor& begin, const HintWord* month) const;
    bool is_of_another_word(const HintCursor& begin, const HintCursor& end, const Name& name) const;
    bool is_of_an_event(const HintCursor& begin, const Name& name) const;
    std::optional<int> read_relative_year(HintCursor& at) const;
    std::optional<DateItem> read_behind_weekday(const HintCursor& at, int weekday, const DateContext& context) const;
    std::optional<DateItem> read_within(const HintCursor& at, CalendarUnit unit, const DaySpan& within) const;
    bool is_month_here(const HintCursor& at, const Name& name, const DateContext& context) const;
    std::optional<int> year_from_elsewhere(const HintCursor& begin, const HintCursor& end, const Name& name) const;
    bool is_word_of_days(const HintCursor& at, const HintWord& word, const DateContext& context) const;
    static std::optional<DateItem> item(const HintCursor& end, const std::optional<DaySpan>& days);

    const std::vector<HintToken>& tokens_;
    const AskToday& ask_today_;
    std::optional<int> year_elsewhere_;
    bool not_french_ = false, of_others_ = false;
};

}  // namespace engram::memory
