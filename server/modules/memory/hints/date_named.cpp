// Which days a name of the calendar means: "in March", "last summer", "Christmas 2024", not "Christmas tree".
#include <algorithm>

#include "modules/memory/hints/date_name.hpp"

namespace engram::memory {
namespace {

using enum HintRole;
using std::chrono::days;
using Kind = Yearly::Kind;

constexpr int kSomeLeapYear = 2000;
constexpr Languages kRomance = kFrench | kSpanish | kItalian | kPortuguese;

// Of a Romance language: "de Noël".
bool is_behind_of(const HintCursor& begin, Languages languages) {
    const HintToken* before = begin.previous();
    return before != nullptr && std::ranges::any_of(before->words, [&](const HintWord& word) {
               return word.role == kOf && (word.languages & languages & kRomance) != 0;
           });
}

}  // namespace

// A name that is a word of its own as well has to be asked for: "in May", "May" amid other words, "last fall".
bool DateItems::is_month_here(const HintCursor& at, const Name& name, const DateContext& context) const {
    if (!name.weak || context.in) return true;
    if (context.at) return name.yearly.kind == Kind::kSeason || name.yearly.kind == Kind::kHoliday;
    const HintToken* before = at.previous();
    const bool in_capitals = (name.languages & kEnglish) != 0 && name.yearly.kind == Kind::kMonth &&
                             at.token()->capital && at.token()->folded.size() > 2;
    return in_capitals && before != nullptr && !before->capital;
}

// "cadeaux de Noël", "regali di Natale"
bool DateItems::is_of_an_event(const HintCursor& begin, const Name& name) const {
    if (name.yearly.kind != Kind::kHoliday || begin.at() < 2 || !is_behind_of(begin, name.languages)) return false;
    return std::ranges::any_of(tokens_[begin.at() - 2].words, [&](const HintWord& word) {
        return word.role == kEvent && (word.languages & name.languages & kRomance) != 0;
    });
}

// "christmas tree", "œufs de pâques"; neither "christmas dinner" nor "christmas with mum".
bool DateItems::is_of_another_word(const HintCursor& begin, const HintCursor& end, const Name& name) const {
    if (name.yearly.kind != Kind::kHoliday) return false;
    if (is_behind_of(begin, name.languages)) return !is_of_an_event(begin, name);
    const HintToken* next = end.token();
    return (name.languages & kEnglish) != 0 && next != nullptr && next->before == " " && next->is_ordinary();
}

// Of "christmas presents 2024", "march invoices 2024": a word that means something else too is a name before a thing.
std::optional<int> DateItems::year_from_elsewhere(const HintCursor& begin, const HintCursor& end,
                                                  const Name& name) const {
    if (!year_elsewhere_ || !name.weak) return year_elsewhere_;
    const HintToken* before = begin.previous();
    const bool first = before == nullptr || begin.token()->apart;
    if ((name.languages & kRomance) != 0 && (first || before->has(kArticle) || before->has(kOf)))
        return year_elsewhere_;
    const HintToken* next = end.token();
    const bool before_a_thing = next != nullptr && next->before == " " && (next->is_ordinary() || next->has(kEvent));
    const bool is_possessive = end.previous()->folded == "s";  // "Mei's birthday"
    const bool may_stand = name.yearly.kind != Kind::kMonth || (first && !is_possessive);
    const bool fits = before_a_thing && may_stand && (name.languages & ~kRomance) != 0;
    return fits ? year_elsewhere_ : std::nullopt;
}

// "March 2024", "last summer", "Christmas", "2023年夏"
std::optional<DateItem> DateItems::read_named(HintCursor at, const DateContext& context) const {
    const HintWord* relative = at.take(kRelative);
    std::optional<int> year;
    if (relative == nullptr) {
        year = at.take_year();
        if (year) {
            at.skip(kYearSign);
            at.skip_any({kOf});
        }
    }
    const HintCursor begin = at;
    const auto name = read_name(at);
    if (!name) return std::nullopt;
    if (year && name->weak && (name->languages & kEnglish) != 0 && name->yearly.kind == Kind::kMonth)
        return std::nullopt;  // "what 2024 may bring"
    if (relative == nullptr && !year) relative = at.take(kRelativeBehind);
    at.skip_possessive();
    if (relative == nullptr && !year) year = read_year_behind(at, *name);
    if (relative == nullptr && !year && !context.paired) year = year_from_elsewhere(begin, at, *name);
    const bool asked = relative != nullptr || year || context.in || context.on || context.at;
    if (!asked && is_of_another_word(begin, at, *name)) return std::nullopt;
    std::optional<DaySpan> span;
    bool weak = false;
    if (relative != nullptr) {
        if (name->weak && name->yearly.kind == Kind::kMonth && relative->value == 0) return std::nullopt;  // "this may"
        span = shifted(name->yearly, relative->value, ask_today_());
    } else if (year) {
        span = in_year(name->yearly, *year);
    } else if (is_month_here(begin, *name, context) || is_of_an_event(begin, *name)) {
        span = last_begun(name->yearly, ask_today_());
    } else if (context.paired) {  // the other end of the range tells the year
        span = in_year(name->yearly, kSomeLeapYear);
        weak = true;
    }
    auto found = item(at, span);
    if (!found) return std::nullopt;
    found->yearly = name->yearly;
    found->has_year = relative != nullptr || year;
    found->repeats = found->has_year ? Repeats::kOnce : Repeats::kYearly;
    found->weak = weak;
    found->named = relative == nullptr || name->yearly.kind != Kind::kSeason;
    return found;
}

// "last year in March", "去年の夏", "last week on Friday": what is named, of the days that were found.
std::optional<DateItem> DateItems::read_within(const HintCursor& at, CalendarUnit unit, const DaySpan& within) const {
    HintCursor behind = at;
    const bool joined = behind.skip_any({kOf, kIn, kArticle}) > 0;
    if (unit == CalendarUnit::kWeek) {
        const HintWord* weekday = behind.take(kWeekday);
        if (weekday == nullptr || (weekday->weak && !joined)) return std::nullopt;
        const LocalDay day = within.from + days(weekday->value - 1);
        return item(behind, DaySpan{day, day + days(1)});
    }
    if (unit != CalendarUnit::kYear) return std::nullopt;
    const auto name = read_name(behind);
    if (!name || (name->weak && !joined && name->yearly.kind != Kind::kSeason)) return std::nullopt;
    auto found = item(behind, in_year(name->yearly, year_of(within.from)));
    if (!found) return std::nullopt;
    found->yearly = name->yearly;
    found->has_year = true;
    found->named = name->yearly.kind != Kind::kSeason;
    return found;
}

}  // namespace engram::memory
