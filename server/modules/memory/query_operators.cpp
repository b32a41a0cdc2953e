#include "modules/memory/query_operators.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/fold_text.hpp"
#include "base/text.hpp"
#include "modules/memory/hints/query_dates.hpp"
#include "modules/memory/memory_filter.hpp"

namespace engram::memory {
namespace {

constexpr std::array<std::string_view, 8> kOperators{"after", "before", "during", "from", "has", "is", "on", "tag"};

// What people call what a memory may have.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kHasNames{{
    {"attachment", "attachment"},
    {"attachments", "attachment"},
    {"context", "context"},
    {"file", "attachment"},
    {"files", "attachment"},
    {"link", "link"},
    {"links", "link"},
    {"photo", "attachment"},
    {"photos", "attachment"},
    {"reminder", "reminder"},
    {"reminders", "reminder"},
    {"tag", "tag"},
    {"tags", "tag"},
    {"thread", "thread"},
    {"title", "title"},
    {"url", "link"},
}};

std::string told(const Operator& asked, std::string_view value) {
    std::string text = asked.negated ? "-" : "";
    (text += asked.name) += ':';
    const bool plain = value.find_first_of(" \t\r\n\v\f,;") == std::string_view::npos;
    return plain ? text.append(value) : text.append("\"").append(value).append("\"");
}

void add_mark(const Operator& asked, std::string mark, std::string_view value, ParsedQuery& query) {
    (asked.negated ? query.filter.without : query.filter.marks).push_back(std::move(mark));
    query.filters.push_back(told(asked, value));
}

// "#garden" and "@anna" are how some write a tag and a name.
std::optional<std::string> apply_name(const Operator& asked, ParsedQuery& query) {
    const bool tag = asked.name == "tag";
    const std::size_t begin = asked.value.find_first_not_of(tag ? " \t\r\n\v\f#" : " \t\r\n\v\f@");
    const std::string_view value = begin == std::string_view::npos ? "" : base::trim(asked.value.substr(begin));
    if (base::trim(base::fold_text(value)).empty()) return "There is nothing behind the colon.";
    add_mark(asked, tag ? folded_tag_mark(value) : from_mark(value), value, query);
    return std::nullopt;
}

std::optional<std::string> apply_has(const Operator& asked, ParsedQuery& query) {
    const std::string lower = base::to_lower_ascii(asked.value);
    const auto* known = std::ranges::find(kHasNames, lower, &std::pair<std::string_view, std::string_view>::first);
    if (known != kHasNames.end()) {
        add_mark(asked, has_mark(known->second), known->second, query);
        return std::nullopt;
    }
    std::string reason = "A memory may have:";
    for (const std::string_view what : kHas) (reason += what == kHas.front() ? " " : ", ") += what;
    return reason + ".";
}

std::optional<std::string> apply_is(const Operator& asked, ParsedQuery& query) {
    if (base::to_lower_ascii(asked.value) != "pinned") return "Write is:pinned.";
    add_mark(asked, std::string(kPinnedMark), "pinned", query);
    return std::nullopt;
}

// The narrower of what was asked for before and now.
void narrow(std::optional<base::Time>& bound, base::Time time, bool from) {
    if (!bound || (from ? time > *bound : time < *bound)) bound = time;
}

void add_bound(std::string_view name, LocalDay day, const Wall& wall, ParsedQuery& query) {
    const bool from = name == "after";
    narrow(from ? query.filter.from : query.filter.to, wall.beginning_of(day), from);
    query.filters.push_back(std::string(name) + ":" + text_of(day));
}

std::optional<std::string> apply_date(const Operator& asked, const AskWall& ask_wall, ParsedQuery& query) {
    const Wall wall = ask_wall();
    const auto span = parse_days(asked.value, wall.today());
    if (!span) return "A day is written 2024, 2024-03, 2024-03-09, today, yesterday, 7d, 2w, 3m or 1y.";
    const bool on = asked.name == "on" || asked.name == "during";
    if (on && asked.negated) return "Days cannot be left out; write before: or after: instead.";
    // "-after:2024" is what was told until then
    const bool from = on || (asked.name == "after") != asked.negated;
    if (from) add_bound("after", span->from, wall, query);
    if (!from || on) add_bound("before", on ? span->to : span->from, wall, query);
    return std::nullopt;
}

}  // namespace

bool is_operator(std::string_view name) { return std::ranges::find(kOperators, name) != kOperators.end(); }

std::optional<std::string> apply(const Operator& asked, const AskWall& ask_wall, ParsedQuery& query) {
    if (asked.name == "tag" || asked.name == "from") return apply_name(asked, query);
    if (asked.name == "has") return apply_has(asked, query);
    if (asked.name == "is") return apply_is(asked, query);
    return apply_date(asked, ask_wall, query);
}

}  // namespace engram::memory
