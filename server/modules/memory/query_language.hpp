// The query language: what somebody types into a search box, taken apart (docs/search.md). Pure: it knows no memory.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_zone.hpp"
#include "modules/memory/memory.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// What the clock on the person's wall needs; asked for once, and only where a query names days.
struct Wall {
    base::Time now{};
    base::TimeZone zone;
};
using AskWall = std::function<Wall()>;

struct ParsedQuery {
    std::string text;                            // the plain words
    bool open_end = false;                       // it ends with one of them, which may go on
    std::vector<std::string> phrases, excluded;  // as typed, without their quotes
    ports::IndexFilter filter;                   // what the operators ask for
    std::vector<std::string> filters;            // the same for people: "tag:garden", "after:2024-03-01"
    std::vector<Dropped> not_understood;

    bool asks_for_words() const { return !text.empty() || !phrases.empty(); }
    bool asks_for_nothing() const { return !asks_for_words() && excluded.empty() && filters.empty(); }
};

inline constexpr std::size_t kQueryMax = 500;  // code points; what is behind them is not read

// Any bytes; never throws but for memory, or what `ask_wall` throws. Linear in the length.
ParsedQuery parse_query(std::string_view query, const AskWall& ask_wall);

}  // namespace engram::memory
