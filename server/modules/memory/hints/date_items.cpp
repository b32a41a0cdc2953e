#include "modules/memory/hints/date_items.hpp"

#include <algorithm>
#include <array>

#include "modules/memory/hints/date_lengths.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;

}  // namespace

DateItems::DateItems(const std::vector<HintToken>& tokens, const AskToday& ask_today, std::optional<int> year)
    : tokens_(tokens), ask_today_(ask_today), year_elsewhere_(year) {
    const auto any_has = [&](HintRole role) {
        return std::ranges::any_of(tokens, [&](const HintToken& token) { return token.has(role); });
    };
    not_french_ = any_has(kNotFrench);
    of_others_ = (any_has(kAsks) || any_has(kDid)) && !any_has(kFirstPerson);
}

std::optional<DateItem> DateItems::item(const HintCursor& end, const std::optional<DaySpan>& days) {
    if (!days) return std::nullopt;
    DateItem found;
    found.end = end.at();
    found.languages = end.languages();
    found.days = *days;
    return found;
}

std::optional<DateItem> DateItems::read(const HintCursor& at, const DateContext& context) const {
    static constexpr std::array<Reader, 17> kReaders{
        &DateItems::read_numerals,     &DateItems::read_day,     &DateItems::read_part_of_day,
        &DateItems::read_ago,          &DateItems::read_rolling, &DateItems::read_named,
        &DateItems::read_unit,         &DateItems::read_weekend, &DateItems::read_weekday,
        &DateItems::read_year,         &DateItems::read_decade,  &DateItems::read_this_time,
        &DateItems::read_weekdays_ago, &DateItems::read_so_far,  &DateItems::read_recent,
        &DateItems::read_beside,       &DateItems::read_nth};
    std::optional<DateItem> longest;
    if (at.token() == nullptr || at.token()->has(kNoDays)) return longest;
    for (const Reader reader : kReaders)
        if (auto found = (this->*reader)(at, context); found && (!longest || found->end > longest->end))
            longest = found;
    return longest;
}

// "morgen" is a morning behind "am", and "hier" is here where the text is German.
bool DateItems::is_word_of_days(const HintCursor& at, const HintWord& word, const DateContext& context) const {
    if (!word.weak) return true;
    if ((word.languages & kFrench) != 0) return !not_french_;
    if (context.in || context.on || context.at) return false;
    const HintToken* before = at.previous();
    return before == nullptr || !(before->has(kArticle) || before->has(kIn) || before->has(kAt) ||
                                  before->has(kEvery) || before->has(kCode));
}

// "yesterday", "gestern Abend", "ayer por la tarde"
std::optional<DateItem> DateItems::read_day(HintCursor at, const DateContext& context) const {
    const HintCursor begin = at;
    const HintWord* day = at.take(kDay);
    if (day == nullptr || !is_word_of_days(begin, *day, context)) return std::nullopt;
    const LocalDay first = ask_today_() + days(day->value);
    LocalDay last = first;
    at.skip_possessive();
    HintCursor behind = at;
    behind.skip_any({kIn, kArticle, kAt});
    if (const HintWord* part = behind.take(kDayPart)) {
        at = behind;
        last += days(part->value);
    }
    return item(at, DaySpan{first, last + days(1)});
}

// "this morning", "last night"
std::optional<DateItem> DateItems::read_part_of_day(HintCursor at, const DateContext& /*context*/) const {
    const HintWord* relative = at.take(kRelative);
    const HintWord* part = at.take(kDayPart);
    if (part == nullptr) return std::nullopt;
    if (relative == nullptr) relative = at.take(kRelativeBehind);
    if (relative == nullptr || relative->value > 0 || relative->value < -part->value) return std::nullopt;
    const LocalDay first = ask_today_() + days(relative->value);
    return item(at, DaySpan{first, first + days(1 - relative->value)});
}

// "last month"; also "last year in March" and "last week on Friday". The last day of school is no day of the calendar.
std::optional<DateItem> DateItems::read_unit(HintCursor at, const DateContext& /*context*/) const {
    const auto found = take_relative_unit(at);
    if (!found || found->unit == CalendarUnit::kDay) return std::nullopt;
    at.skip_possessive();
    const auto span = shifted(found->unit, found->shift, ask_today_());
    if (!span) return std::nullopt;
    if (auto within = read_within(at, found->unit, *span)) return within;
    return item(at, span);
}

// "in 2023", "the year 2023", "2019-2021"
std::optional<DateItem> DateItems::read_year(HintCursor at, const DateContext& context) const {
    const bool is_code = at.previous() != nullptr && at.previous()->has(kCode);
    bool signed_so = at.skip(kYearSign);
    const auto years = at.take_years();
    if (!years) return std::nullopt;
    HintCursor behind = at;
    const bool apostrophe = behind.is_behind_apostrophe();
    if (const HintWord* sign = behind.take(kYearSign); sign != nullptr && (sign->value == 0 || apostrophe)) {
        signed_so = true;
        at = behind;
    }
    if (!signed_so && (is_code || !(context.in || context.from))) return std::nullopt;
    auto found = item(at, years_from(years->first, years->last - years->first + 1));
    if (found) found->named = found->has_year = true;
    return found;
}

std::optional<DateItem> DateItems::read_part_of_the_year(HintCursor at, int part) const {
    const HintWord* sign = at.take(kYearSign);
    if (sign == nullptr || sign->value != 0) return std::nullopt;
    const LocalDay today = ask_today_();
    const DaySpan span = part_of_year(year_of(today), part);
    return item(at, span.from <= today ? span : part_of_year(year_of(today) - 1, part));
}

// "in the 90s", "1990er", "années 90"
std::optional<DateItem> DateItems::read_decade(HintCursor at, const DateContext& /*context*/) const {
    const HintToken* before = at.previous();
    const bool asked = at.is_behind_apostrophe() || (before != nullptr && before->has(kArticle));
    const bool word_before = at.skip(kDecade);
    const HintToken* number = at.token();
    if (number == nullptr || number->number < 0 || number->number % 10 != 0) return std::nullopt;
    if (number->digits != 2 && number->digits != 4) return std::nullopt;
    at.step();
    const bool apostrophe = at.is_behind_apostrophe();
    HintCursor behind = at;
    const HintWord* word = behind.take(kDecade);
    const bool word_behind = word != nullptr && (word->value == 0 || apostrophe);
    if (word_behind) {
        at = behind;
        at.skip(kDecade);
    }
    const bool ending = number->suffix == "s" || number->suffix == "er" || number->suffix == "ern";
    if (!ending && !(number->suffix.empty() && (word_before || word_behind))) return std::nullopt;
    if (!asked && !word_before && !word_behind && number->digits != 4) return std::nullopt;
    int first = number->number;
    if (number->digits == 2) first += first + 2000 <= year_of(ask_today_()) ? 2000 : 1900;
    auto found = item(at, years_from(first, 10));
    if (found) found->named = found->has_year = true;
    return found;
}

}  // namespace engram::memory
