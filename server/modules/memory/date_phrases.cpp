#include "modules/memory/date_phrases.hpp"

#include <array>

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;

constexpr days kLongEnough(7);  // to have a beginning, a middle and an end

class DatePhrases {
public:
    DatePhrases(const std::vector<HintToken>& tokens, const AskToday& ask_today)
        : tokens_(tokens), items_(tokens, ask_today) {}

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
    bool fit_years(DateItem& first, DateItem& last) const;

    const std::vector<HintToken>& tokens_;
    DateItems items_;
};

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
    const bool is_year = other.has_year && other.days == around(CalendarUnit::kYear, other.days.from);
    if (!first.yearly) return;
    if (other.yearly && other.has_year && !first.has_year)
        set(first, *first.yearly, year_of(other.days.from));
    else if (other.yearly && !other.has_year && first.has_year)
        set(other, *other.yearly, year_of(first.days.from));
    else if (!other.yearly && is_year && first.has_year)
        set(other, *first.yearly, year_of(other.days.from));
}

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
    if (!found || found->days.to - found->days.from < kLongEnough) return whole;
    if (whole && whole->end >= found->end) return whole;  // "fim de semana"
    found->days = third(found->days, edge->value);
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

// The year of one end is that of the other; without any, the last time that it began. False: they do not fit.
bool DatePhrases::fit_years(DateItem& first, DateItem& last) const {
    const auto set = [](DateItem& item, int year) {
        const auto found = in_year(*item.yearly, year);
        if (found) item.days = *found;
        return found.has_value();
    };
    if (first.yearly && !first.has_year && last.has_year) {
        const int year = year_of(last.days.from);
        if (!set(first, year) || (first.days.from > last.days.from && !set(first, year - 1))) return false;
    } else if (last.yearly && !last.has_year) {
        const int year = year_of(first.days.from);
        if (!set(last, year) || (last.days.to <= first.days.from && !set(last, year + 1))) return false;
    }
    if (last.weekday && !last.has_year)
        while (last.days.from < first.days.from) last.days = {last.days.from + days(7), last.days.to + days(7)};
    return true;
}

std::optional<DateItem> DatePhrases::joined(DateItem first, DateItem last) const {
    if ((first.weak || last.weak) && !last.has_year) return std::nullopt;
    if (first.weekday && last.weekday && !fit_years(first, last)) return std::nullopt;
    if (!first.weekday && !last.weekday && !fit_years(first, last)) return std::nullopt;
    if (last.days.to <= first.days.from) return std::nullopt;
    const bool any_year = first.yearly && last.yearly && !first.has_year && !last.has_year;
    last.days.from = first.days.from;
    last.repeats = any_year ? Repeats::kYearly : Repeats::kOnce;
    last.named = first.named && last.named;
    last.weekday.reset();
    last.yearly.reset();
    return last;
}

// Two items with "to", "until", "–" between them; `with_and`: "and" as well.
std::optional<DateItem> DatePhrases::read_pair(HintCursor at, const DateContext& context, bool with_and) const {
    DateContext paired = context;
    paired.paired = true;
    auto first = context.in ? read_behind(at, paired) : read_item(at, paired);
    if (!first) return std::nullopt;
    at.go_to(first->end, first->languages);
    const bool together = at.skip(kTo) || at.skip(kUntil) || (with_and && at.skip(kAnd)) || at.is_behind_dash();
    if (!together) return std::nullopt;
    auto last = read_behind(at, paired);
    if (!last) return std::nullopt;
    return joined(*first, *last);
}

std::optional<DateItem> DatePhrases::read_between(HintCursor at) const {
    if (!at.skip(kBetween)) return std::nullopt;
    return read_pair(at, {.in = true}, true);
}

// "from March to May"; "March–May 2024" without a word before.
std::optional<DateItem> DatePhrases::read_from_to(HintCursor at) const {
    HintCursor since = at;
    if (since.skip(kSince))
        if (auto found = read_pair(since, {.in = true}, false)) return found;
    if (at.skip(kFrom)) return read_pair(at, {.in = true}, false);
    const bool in = at.skip(kIn);
    return read_pair(at, {.in = in}, false);
}

// "since March", "before 2020", "until yesterday", "after Christmas"
std::optional<DateItem> DatePhrases::read_open(HintCursor at) const {
    static constexpr std::array<HintRole, 4> kOpen{kSince, kBefore, kUntil, kAfter};
    for (const HintRole role : kOpen) {
        HintCursor behind = at;
        if (!behind.skip(role)) continue;
        auto found = read_behind(behind, {.in = true, .since = role == kSince});
        if (!found) continue;
        const bool is_range = found->yearly && found->yearly->last_day > found->yearly->day;
        if (role == kSince && is_range) continue;  // "dal 3 al 9 giugno"
        if (role == kBefore) found->days.to = found->days.from;
        if (role == kAfter) found->days.from = found->days.to;
        if (role == kBefore || role == kUntil) found->days.from = kNoBeginning;
        if (role == kSince || role == kAfter) found->days.to = kNoEnd;
        found->repeats = Repeats::kOnce;
        if (found->days.from < found->days.to) return found;
    }
    return std::nullopt;
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
    const bool is_year = found && is_bare && found->has_year && !found->yearly;
    if (!found || (comma && !is_year)) return std::nullopt;  // "in 2019, 2020 and 2021"
    if (is_bare) share_year(first, *found);
    return Other{at.at(), *found};
}

// "monday.com", "#march", "/today/": of an address or a mark.
bool is_of_more(const std::vector<HintToken>& tokens, std::size_t begin, std::size_t end) {
    const std::string_view before = tokens[begin].before;
    if (!before.empty() && std::string_view("#@_=/\\").find(before.back()) != std::string_view::npos) return true;
    if (begin > 0 && before == ".") return true;
    return end < tokens.size() && tokens[end].before == "." && tokens[end - 1].digits == 0;
}

}  // namespace

std::string text_of(const DaySpan& days) {
    const LocalDay last = days.to - std::chrono::days(1);
    if (days.from == last) return text_of(last);
    std::string text = days.from == kNoBeginning ? "" : text_of(days.from);
    text += "..";
    return days.to == kNoEnd ? text : text + text_of(last);
}

std::vector<DateHint> find_date_hints(const std::vector<HintToken>& tokens, const AskToday& ask_today) {
    const DatePhrases phrases(tokens, ask_today);
    std::vector<DateHint> hints;
    const auto add = [&](std::size_t begin, const DateItem& found, bool or_before) {
        hints.push_back({.begin = tokens[begin].begin,
                         .end = tokens[found.end - 1].end,
                         .days = found.days,
                         .repeats = found.repeats,
                         .named = found.named,
                         .vague = found.vague,
                         .or_before = or_before,
                         .weekday = found.repeats == Repeats::kWeekly ? found.weekday : std::nullopt});
    };
    for (std::size_t at = 0; at < tokens.size();) {
        if (const HintWord* word = HintCursor(tokens, at).take(kNoDays)) {
            at += word->tokens;
            continue;
        }
        auto found = phrases.read(at);
        if (!found || is_of_more(tokens, at, found->end)) {
            at = found ? found->end : at + 1;
            continue;
        }
        std::size_t begin = at;
        for (bool or_before = false; found; or_before = true) {
            auto other = phrases.read_other(at, *found);
            add(begin, *found, or_before);
            begin = other ? other->begin : found->end;
            found = other ? std::optional(other->item) : std::nullopt;
        }
        at = begin;
    }
    return hints;
}

std::vector<DateHint> find_date_hints(std::string_view text, const AskToday& ask_today) {
    return find_date_hints(hint_tokens(text), ask_today);
}

}  // namespace engram::memory
