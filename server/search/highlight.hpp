// Where the words of a query stand in a text.
#pragma once

#include <memory>
#include <vector>

#include "ports/search_index.hpp"

namespace engram::search {

// Marks what the words found, by the same spelling, by the same stem in the text's language, or as a beginning.
std::unique_ptr<ports::SearchIndex::Marker> make_marker(const ports::IndexQuery& query,
                                                        const std::vector<ports::IndexWord>& words);

}  // namespace engram::search
