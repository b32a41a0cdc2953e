// What has a name in the calendar: months and their days, quarters, seasons, holidays, and the year beside it.
#include <algorithm>

#include "modules/memory/hints/date_name.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using Kind = Yearly::Kind;

constexpr int kDayMax = 31;

bool is_quarter_token(const HintToken& token) {
    return token.folded.size() == 2 && token.folded[0] == 'q' && token.folded[1] >= '1' && token.folded[1] <= '4';
}

// "Q1"
std::optional<Yearly> take_quarter(HintCursor& at) {
    const HintToken* here = at.token();
    if (here == nullptr || !is_quarter_token(*here)) return std::nullopt;
    at.step();
    return Yearly{.kind = Kind::kQuarter, .number = here->folded[1] - '0'};
}

// The end of "3-9", "3 to 9" and "3. bis 9."; `first` where there is none.
int take_last_day(HintCursor& at, int first) {
    HintCursor behind = at;
    const bool joined = behind.is_behind_dash() || behind.skip(kTo) || behind.skip(kUntil) || behind.skip(kAnd);
    if (!joined) return first;
    behind.skip_any({kArticle});
    const auto last = behind.take_day(true);
    if (!last || *last <= first) return first;
    at = behind;
    return *last;
}

}  // namespace

// "3 March", "3. bis 9. März", "3 de marzo"
std::optional<DateItems::Name> DateItems::read_day_and_month(HintCursor& at) const {
    HintCursor behind = at;
    const auto first = behind.take_day(true);
    if (!first) return std::nullopt;
    const int last = take_last_day(behind, *first);
    const bool in_words = at.token()->digits == 0, joined = behind.skip_any({kOf, kArticle}) > 0;
    const HintWord* month = behind.take(kMonth);
    if (month == nullptr) return std::nullopt;
    if (in_words && !joined && month->weak && (month->languages & kEnglish) != 0)
        return std::nullopt;  // "the second may be"
    at = behind;
    return Name{{.kind = Kind::kDays, .number = month->value, .day = *first, .last_day = last}};
}

// "March 3", "March 3-9", "3月9日"; the month alone where no day follows.
std::optional<DateItems::Name> DateItems::read_month_and_day(HintCursor& at) const {
    HintCursor behind = at;
    Name name{.yearly = {.kind = Kind::kMonth}};
    const HintWord* month = behind.take(kMonth);
    if (month != nullptr) {
        name.yearly.number = month->value;
        name.weak = month->weak;
        name.languages = month->languages;
    } else {
        const auto number = behind.take_number();
        if (!number || *number > 12 || !behind.skip(kMonthSign)) return std::nullopt;
        name.yearly.number = *number;
    }
    name.short_year = is_short_year(behind, at, month);
    at = behind;
    if (name.short_year) return name;
    const bool with_article = behind.skip_any({kArticle}) > 0;
    const bool in_words = behind.token() != nullptr && behind.token()->digits == 0;
    const auto first = behind.take_day(true);
    if (!first) return name;
    if (in_words && behind.token() != nullptr && !behind.token()->is_number() && (with_article || name.weak))
        return name;  // "may the fourth be with you"
    const int last = take_last_day(behind, *first);
    behind.skip(kDaySign);
    at = behind;
    return Name{{.kind = Kind::kDays, .number = name.yearly.number, .day = *first, .last_day = last}};
}

std::optional<DateItems::Name> DateItems::read_name(HintCursor& at) const {
    if (auto name = read_day_and_month(at)) return name;
    if (auto name = read_month_and_day(at)) return name;
    std::optional<Name> name;
    const HintCursor begin = at;
    if (const auto quarter = take_quarter(at))
        name = Name{*quarter, true, kAnyLanguage};
    else if (const HintWord* season = at.take(kSeason))
        name = Name{{.kind = Kind::kSeason, .number = season->value}, season->weak, season->languages};
    else if (const HintWord* holiday = at.take(kHoliday))
        name = Name{{.kind = Kind::kHoliday, .number = holiday->value}, holiday->weak, holiday->languages};
    if (name) name->short_year = is_short_year(at, begin, nullptr);
    return name;
}

// "May 23" is a day to the English, "Mai 23" a month to all others, as "in May 23" is; "summer 22 tyres" are so many.
bool DateItems::is_short_year(const HintCursor& at, const HintCursor& begin, const HintWord* month) const {
    HintCursor behind = at;
    const auto year = behind.take_short_year(true);
    if (!year || at.is_behind_apostrophe()) return false;
    if (HintCursor later = behind; later.take_year()) return false;
    if (month == nullptr) return behind.token() == nullptr || !behind.token()->words.empty();
    const HintToken* before = begin.previous();
    const auto is_in = [](const HintWord& word) { return word.role == kIn && word.value == 0; };
    const bool asked = before != nullptr && std::ranges::any_of(before->words, is_in);
    const bool english = (month->languages & at.languages() & kEnglish) != 0;
    return (asked || !english) && (at.token()->number > kDayMax || *year <= year_of(ask_today_()) + 1);
}

// "last year", "l'année dernière"
std::optional<int> DateItems::read_relative_year(HintCursor& at) const {
    HintCursor behind = at;
    const auto found = read_unit(behind, {});
    if (!found) return std::nullopt;
    const bool is_year = found->days == around(CalendarUnit::kYear, found->days.from);
    if (!is_year) return std::nullopt;
    at.go_to(found->end, found->languages);
    return year_of(found->days.from);
}

// The year of what was named: "2024", "of 2024", "'24", "last year"; of a winter also "2023/24".
std::optional<int> DateItems::read_year_behind(HintCursor& at, const Name& name) const {
    HintCursor behind = at;
    if (const auto year = behind.take_short_year(name.short_year)) {
        at = behind;
        return year;
    }
    behind.skip_any({kOf, kArticle});
    behind.skip(kYearSign);
    auto year = behind.take_year(name.yearly.kind == Kind::kSeason);
    if (year)
        if (const HintWord* sign = HintCursor(behind).take(kYearSign); sign != nullptr && sign->value == 0)
            behind.skip(kYearSign);
    if (!year) year = read_relative_year(behind);
    if (year) at = behind;
    return year;
}

}  // namespace engram::memory
