// The SQL of a person's feed: what has changed since a revision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/memory/memory.hpp"
#include "ports/database.hpp"

namespace engram::memory::store {

struct FeedRow {
    std::int64_t revision = 0;
    base::Uuid id;
    std::optional<Memory> memory;  // none: it is gone, or in the trash
    std::string language;
};

// Changes after a revision in its order, at most `limit`.
std::vector<FeedRow> read_feed(ports::Transaction& tx, const base::Uuid& owner, std::int64_t after, std::int64_t limit);

}  // namespace engram::memory::store
