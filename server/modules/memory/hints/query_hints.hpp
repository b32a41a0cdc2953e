// What the plain words of a query say of when, by whom and where: for the ranking, which raises what fits, and never a
// filter, which operators are. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/memory/hints/date_phrases.hpp"
#include "modules/memory/hints/topic_hints.hpp"
#include "modules/memory/hints/wall.hpp"

namespace engram::memory {

struct QueryHint {
    std::string_view kind;               // date, class, tag, person
    std::size_t begin = 0, end = 0;      // bytes of the plain text
    std::size_t cut_end = 0;             // what is before it says nothing but the hint; `begin`: all may be in a text
    std::string text;                    // these, as typed
    std::string means;                   // for people: "2025-06-01..2025-08-31", "private", "tag:garden", "from:Anna"
    std::string value;                   // the class in people's words, the tag, the name; of a date nothing
    std::optional<DateHint> date;        // its `begin` and `end` are the same; a person may be called as a month is
    std::optional<base::Time> from, to;  // of a date: included, and not; absent where it is open
};

// From the front to the back; they do not overlap. `ask_wall` is called only where there is a date. Any bytes; never
// throws but for memory, or what `ask_wall` throws. Linear in the length.
std::vector<QueryHint> find_query_hints(std::string_view text, const AskWall& ask_wall);

}  // namespace engram::memory
