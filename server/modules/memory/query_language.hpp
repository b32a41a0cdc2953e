// The query language: what somebody types into a search box, taken apart (docs/search.md). Pure: it knows no memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "modules/memory/hints/query_hints.hpp"
#include "modules/memory/hints/wall.hpp"
#include "modules/memory/memory.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

struct ParsedQuery {
    std::string text;                            // the plain words
    std::vector<std::size_t> pieces;             // where in it other things stood between them: the end of each piece
    bool open_end = false;                       // it ends with one of them, which may go on
    std::vector<std::string> phrases, excluded;  // as typed, without their quotes
    ports::IndexFilter filter;                   // what the operators ask for
    std::vector<std::string> filters;            // the same for people: "tag:garden", "after:2024-03-01"
    std::vector<QueryHint> hints;                // what find_hints() has found
    bool only_hints = false;                     // nothing is said beside them: "what did I do last week"
    std::vector<Dropped> not_understood;

    bool asks_for_words() const { return !text.empty() || !phrases.empty(); }
    bool asks_for_nothing() const { return !asks_for_words() && excluded.empty() && filters.empty(); }
};

inline constexpr std::size_t kQueryMax = 500;  // code points; what is behind them is not read

// `ask_wall` is called at most once, and only where operators name days. Any bytes; never throws but for memory, or
// what `ask_wall` throws. Linear in the length.
ParsedQuery parse_query(std::string_view query, const AskWall& ask_wall);

// What the plain words say of when, by whom and where, for a search that heeds it. As parse_query() otherwise.
void find_hints(ParsedQuery& query, const AskWall& ask_wall);

}  // namespace engram::memory
