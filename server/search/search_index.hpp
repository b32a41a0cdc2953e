// The embedded search engine: ports::SearchIndex over indexes in memory.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>

#include "ports/search_index.hpp"

namespace engram::search {

struct SearchOptions {
    std::size_t bytes_max = std::size_t{1} << 30;  // of all owners' indexes; the one in use may pass it alone
    std::pmr::memory_resource* memory = nullptr;   // used by several threads; must outlive it; null: new and delete
    int waiters_max = 16;  // searches of one owner that may wait while the index is built; the next get kUnavailable
};

// An engine without any index yet; it costs nothing until the first search.
std::unique_ptr<ports::SearchIndex> make_search_index(const SearchOptions& options = {});

}  // namespace engram::search
