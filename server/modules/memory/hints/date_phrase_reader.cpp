#include "modules/memory/hints/date_phrase_reader.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;

constexpr days kLongEnough(7);  // to have a beginning, a middle and an end

bool is_year(const DateItem& item) { return item.days == around(CalendarUnit::kYear, item.days.from); }

// Of "March or April 2023", and of "summer 2022 or 2023".
void share_year(DateItem& first, DateItem& other) {
    const auto set = [](DateItem& item, const Yearly& what, int year) {
        const auto span = in_year(what, year);
        if (!span) return;
        item.days = *span;
        item.yearly = what;
        item.has_year = true;
        item.repeats = Repeats::kOnce;
    };
    if (!first.yearly) return;
    if (other.yearly && other.has_year && !first.has_year)
        set(first, *first.yearly, year_of(other.days.from));
    else if (other.yearly && !other.has_year && first.has_year)
        set(other, *other.yearly, year_of(first.days.from));
    else if (!other.yearly && other.has_year && is_year(other) && first.has_year)
        set(other, *first.yearly, year_of(other.days.from));
}

}  // namespace

// One item, or its beginning or end: "late March", "Anfang 2023".
std::optional<DateItem> DatePhrases::read_item(const HintCursor& at, const DateContext& context) const {
    auto whole = items_.read(at, context);
    HintCursor behind = at;
    const HintWord* edge = behind.take(kEdge);
    if (edge == nullptr) return whole;
    behind.skip_any({kOf, kArticle, kIn});
    DateContext within = context;
    within.in = within.in || !edge->weak;
    within.from = true;
    auto found = items_.read(behind, within);
    if (!found && !whole && !edge->weak) return items_.read_part_of_the_year(behind, edge->value);
    if (!found || found->days.to - found->days.from < kLongEnough) return whole;
    if (whole && whole->end >= found->end) return whole;  // "fim de semana"
    const bool narrow = is_year(*found) && !edge->weak;   // not "late 2022"
    found->days = narrow ? part_of_year(year_of(found->days.from), edge->value) : third(found->days, edge->value);
    found->yearly.reset();
    return found;
}

// The same behind a word that may need others: "since the", "im Monat", "antes del".
std::optional<DateItem> DatePhrases::read_behind(const HintCursor& at, const DateContext& context) const {
    auto found = read_item(at, context);
    HintCursor behind = at;
    if (behind.skip_any({kArticle, kIn, kOf}) == 0) return found;
    auto later = read_item(behind, context);
    return later && (!found || later->end > found->end) ? later : found;
}

// One item, with the word before it that belongs to it.
std::optional<DateItem> DatePhrases::read_alone(HintCursor at) const {
    std::optional<DateItem> longest;
    const auto consider = [&](std::optional<DateItem> found) {
        if (found && (!longest || found->end > longest->end)) longest = found;
    };
    HintCursor in = at, before = at, from = at;
    if (const HintWord* word = in.take(kIn))
        consider(read_behind(in, {.in = word->value == 0, .on = word->value == 1}));
    if (before.skip(kAt)) consider(read_behind(before, {.at = true}));
    if (from.skip(kFrom)) consider(read_behind(from, {.from = true}));
    consider(read_item(at, {}));
    return longest;
}

std::optional<DateItem> DatePhrases::read(std::size_t begin) const {
    const HintCursor at(tokens_, begin);
    std::optional<DateItem> longest;
    if (tokens_[begin].has(kDay) || tokens_[begin].has(kRelative))
        longest = read_alone(at);  // "avant-hier" is not before yesterday
    for (const auto reader :
         {&DatePhrases::read_between, &DatePhrases::read_from_to, &DatePhrases::read_open, &DatePhrases::read_alone})
        if (auto found = (this->*reader)(at); found && (!longest || found->end > longest->end)) longest = found;
    return longest;
}

std::optional<DatePhrases::Other> DatePhrases::read_other(std::size_t begin, DateItem& first) const {
    HintCursor at(tokens_, begin);
    const HintWord* in = at.take(kIn);
    const bool from = tokens_[begin].has(kFrom), before = tokens_[begin].has(kAt);
    at.go_to(first.end, first.languages);
    if (first.days.from == kNoBeginning || first.days.to == kNoEnd) return std::nullopt;
    const bool comma = at.token() != nullptr && at.token()->before.starts_with(',');
    if (!at.skip(kOr) && !at.skip(kAnd) && !comma) return std::nullopt;
    auto found = read_alone(at);
    const bool on = in != nullptr && in->value == 1;
    const bool year_said = first.named && first.has_year;
    auto same = read_behind(at, {.in = in != nullptr && !on, .on = on, .at = before, .from = from || year_said});
    const bool is_bare = same && (!found || same->end >= found->end);
    if (is_bare) found = same;
    const bool is_bare_year = found && is_bare && found->has_year && !found->yearly;
    if (!found || (comma && !is_bare_year)) return std::nullopt;  // "in 2019, 2020 and 2021"
    if (is_bare) share_year(first, *found);
    return Other{at.at(), *found};
}

}  // namespace engram::memory
