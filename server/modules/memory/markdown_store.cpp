#include "modules/memory/markdown_store.hpp"

#include "modules/memory/memory_columns.hpp"
#include "modules/memory/memory_row.hpp"

namespace engram::memory::store {

using ports::Row;
using ports::Transaction;

std::vector<ChangedAt> changed_after(Transaction& tx, const base::Uuid& owner, std::int64_t revision,
                                     std::int64_t limit) {
    std::vector<ChangedAt> changed;
    tx.run(
        "SELECT revision, created_at FROM memory_heads WHERE user_id = $1 AND revision > $2 ORDER BY revision LIMIT $3",
        {owner, revision, limit}, [&](const Row& row) { changed.push_back({row.integer(0), row.time(1)}); });
    return changed;
}

std::vector<Memory> created_between(Transaction& tx, const base::Uuid& owner, base::Time from, base::Time to) {
    std::vector<Memory> memories;
    tx.run("SELECT " ENGRAM_MEMORY_COLUMNS
           " FROM memory_entries e WHERE e.user_id = $1 AND e.created_at >= $2 AND e.created_at < $3 "
           "AND e.trashed_at IS NULL ORDER BY e.created_at, e.id",
           {owner, from, to}, [&](const Row& row) { memories.push_back(memory_of(row)); });
    return memories;
}

}  // namespace engram::memory::store
