#include "modules/memory/date_phrases.hpp"

#include "modules/memory/date_phrase_reader.hpp"

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
