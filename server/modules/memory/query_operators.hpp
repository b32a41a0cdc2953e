// The operators of the query language: tag: from: before: after: on: has: is:
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/memory/query_language.hpp"

namespace engram::memory {

struct Operator {
    std::string_view name;   // in lower case
    std::string_view value;  // not empty
    bool negated = false;    // "-tag:work"
};

// Has `name`, in lower case, a meaning before a colon?
bool is_operator(std::string_view name);

// Adds what it asks for to `query`; or adds nothing and says why, and what would do.
std::optional<std::string> apply(const Operator& asked, const AskWall& ask_wall, ParsedQuery& query);

}  // namespace engram::memory
