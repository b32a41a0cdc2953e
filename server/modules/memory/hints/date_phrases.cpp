#include "modules/memory/hints/date_phrases.hpp"

#include <algorithm>

#include "modules/memory/hints/date_phrase_reader.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

// "monday.com", "#march", "/today/": of an address or a mark.
bool is_of_more(const std::vector<HintToken>& tokens, std::size_t begin, std::size_t end) {
    const std::string_view before = tokens[begin].before;
    if (!before.empty() && std::string_view("#@_=/\\").find(before.back()) != std::string_view::npos) return true;
    if (begin > 0 && before == ".") return true;
    return end < tokens.size() && tokens[end].before == "." && tokens[end - 1].digits == 0;
}

int days_ahead_of(const DateItem& found) {
    const bool is_holiday = found.yearly && found.yearly->kind == Yearly::Kind::kHoliday;
    return is_holiday ? days_ahead_of(static_cast<Holiday>(found.yearly->number)) : 0;
}

std::vector<DateHint> hints_in(const std::vector<HintToken>& tokens, const DatePhrases& phrases) {
    std::vector<DateHint> hints;
    const auto add = [&](std::size_t begin, const DateItem& found, bool or_before) {
        hints.push_back({.begin = tokens[begin].begin,
                         .end = tokens[found.end - 1].end,
                         .days = found.days,
                         .repeats = found.repeats,
                         .named = found.named,
                         .vague = found.vague,
                         .days_ahead = days_ahead_of(found),
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

// A year alone, that may belong to what is named without one: "2024" of "christmas presents 2024", also where it is a
// hint: "in 2024", "last year". Nothing where there are several.
std::optional<int> lone_year(const std::vector<HintToken>& tokens, const std::vector<DateHint>& hints,
                             const AskToday& ask_today) {
    const auto is_name = [](const HintToken& token) {
        return token.has(kMonth) || token.has(kSeason) || token.has(kHoliday) || token.has(kMonthSign);
    };
    if (std::ranges::none_of(tokens, is_name)) return std::nullopt;
    std::vector<int> years;
    for (const DateHint& hint : hints)
        if (hint.days == around(CalendarUnit::kYear, hint.days.from)) years.push_back(year_of(hint.days.from));
    auto hint = hints.begin();
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        while (hint != hints.end() && hint->end <= tokens[at].begin) ++hint;
        const bool is_of_hint = hint != hints.end() && hint->begin <= tokens[at].begin;
        if (is_of_hint || (at > 0 && tokens[at - 1].has(kCode))) continue;
        HintCursor cursor(tokens, at);
        const auto year = cursor.take_year();
        if (!year || is_of_more(tokens, at, at + 1)) continue;
        if (cursor.token() == nullptr || !cursor.token()->has(kCounted)) years.push_back(*year);
    }
    if (years.size() != 1 || years[0] > year_of(ask_today()) + 1) return std::nullopt;
    return years[0];
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
    std::vector<DateHint> hints = hints_in(tokens, DatePhrases(tokens, ask_today, std::nullopt));
    const auto year = lone_year(tokens, hints, ask_today);
    return year ? hints_in(tokens, DatePhrases(tokens, ask_today, year)) : hints;
}

std::vector<DateHint> find_date_hints(std::string_view text, const AskToday& ask_today) {
    return find_date_hints(hint_tokens(text), ask_today);
}

}  // namespace engram::memory
