#include "modules/memory/hints/query_hints.hpp"

namespace engram::memory {
namespace {

void set_days(QueryHint& hint, const DateHint& date, const Wall& wall) {
    hint.date = date;
    hint.date->begin = hint.begin;
    hint.date->end = hint.end;
    if (date.days.from != kNoBeginning) hint.from = wall.beginning_of(date.days.from);
    if (date.days.to != kNoEnd) hint.to = wall.beginning_of(date.days.to);
}

QueryHint told(std::string_view text, const DateHint& date, const Wall& wall) {
    QueryHint hint{.kind = "date", .begin = date.begin, .end = date.end};
    hint.cut_end = date.named ? date.begin : date.end;
    hint.text = text.substr(date.begin, date.end - date.begin);
    hint.means = text_of(date.days);
    set_days(hint, date, wall);
    return hint;
}

QueryHint told(std::string_view text, TopicHint&& topic) {
    QueryHint hint{.kind = topic.topic == Topic::kClass ? "class"
                           : topic.topic == Topic::kTag ? "tag"
                                                        : "person",
                   .begin = topic.begin,
                   .end = topic.end,
                   .cut_end = topic.cut_end};
    hint.text = text.substr(topic.begin, topic.end - topic.begin);
    hint.value = std::move(topic.value);
    hint.means = topic.topic == Topic::kTag ? "tag:" : topic.topic == Topic::kPerson ? "from:" : "";
    const bool quoted = topic.topic != Topic::kClass && hint.value.find(' ') != std::string::npos;
    hint.means += quoted ? "\"" + hint.value + "\"" : hint.value;
    return hint;
}

}  // namespace

// "message from June" is one of hers or of that month, "message from June 2023" of the month.
std::vector<QueryHint> find_query_hints(std::string_view text, const AskWall& ask_wall) {
    const std::vector<HintToken> tokens = hint_tokens(text);
    const std::vector<DateHint> dates = find_date_hints(tokens, [&] { return ask_wall().today(); });
    std::vector<QueryHint> hints;
    auto date = dates.begin();
    for (TopicHint& topic : find_topic_hints(text, tokens)) {
        for (; date != dates.end() && date->end <= topic.begin; ++date) hints.push_back(told(text, *date, ask_wall()));
        const DateHint* inner = nullptr;
        for (; date != dates.end() && date->begin < topic.end && date->end <= topic.end; ++date) inner = &*date;
        const bool within = date != dates.end() && date->begin < topic.end;
        if (within) continue;
        hints.push_back(told(text, std::move(topic)));
        if (inner != nullptr && hints.back().kind == "person") set_days(hints.back(), *inner, ask_wall());
    }
    for (; date != dates.end(); ++date) hints.push_back(told(text, *date, ask_wall()));
    return hints;
}

}  // namespace engram::memory
