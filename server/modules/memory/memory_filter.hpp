// Filters of memories, as the person's index answers them.
#pragma once

#include <string>
#include <vector>

#include "modules/memory/memory.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// What can be asked of a memory beside its class, source and time: "tag:tea", "has:link", "pinned", ...
std::vector<std::string> marks_of(const Memory& memory);

ports::IndexFilter index_filter(const MemoryFilter& filter);
ports::IndexFilter index_filter(const SearchQuery& query);

// The same for a memory at hand.
bool passes(const ports::IndexFilter& filter, const Memory& memory);

// Who said it, where an import knows; else empty.
std::string author_name(const base::JsonText& metadata);

}  // namespace engram::memory
