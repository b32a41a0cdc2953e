// Where the words of a query stand in a text.
#pragma once

#include <string_view>
#include <vector>

#include "ports/search_index.hpp"

namespace engram::search {

// The spans, in order and apart, of the words of `text` that a word of the query finds, by the same spelling or by
// the same stem in the text's language (ISO 639-1, may be empty). Any thread.
std::vector<ports::Highlight> highlight(std::string_view query, std::string_view text, std::string_view language);

}  // namespace engram::search
