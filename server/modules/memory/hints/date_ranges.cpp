// From one day to another: "between March and May", "3 to 9 June", "since last summer".
#include <array>

#include "modules/memory/hints/date_phrase_reader.hpp"

namespace engram::memory {

using enum HintRole;
using std::chrono::days;

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

// Of "march to may invoices 2024".
void DatePhrases::take_year_elsewhere(DateItem& last) const {
    if (last.has_year || !last.yearly || !items_.year_elsewhere()) return;
    const auto span = in_year(*last.yearly, *items_.year_elsewhere());
    if (!span) return;
    last.days = *span;
    last.has_year = true;
}

std::optional<DateItem> DatePhrases::joined(DateItem first, DateItem last) const {
    take_year_elsewhere(last);
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

}  // namespace engram::memory
