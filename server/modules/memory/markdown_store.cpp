#include "modules/memory/markdown_store.hpp"

#include "modules/memory/memory_row.hpp"

namespace engram::memory::store {

using ports::optional_text;
using ports::Row;
using ports::Transaction;

namespace {

// What a file shows, of entries that are not in the trash.
#define ENGRAM_SELECT_SHOWN                                                                                        \
    "SELECT id, title, content, classification, source, context, tags, level, reply_to, created_at, occurred_at, " \
    "pinned, utc_offset_minutes FROM memory_entries WHERE user_id = $1 AND trashed_at IS NULL"

Memory shown_memory_of(const Row& row) {
    Memory memory;
    memory.id = row.uuid(0);
    memory.title = optional_text(row, 1);
    memory.content = row.text(2);
    memory.classification = row.text(3);
    memory.source = row.text(4);
    memory.context = optional_text(row, 5);
    memory.tags = texts_of_json(row.text(6));
    memory.security_level = row.integer(7);
    memory.reply_to = ports::optional_uuid(row, 8);
    memory.created_at = row.time(9);
    memory.occurred_at = ports::optional_time(row, 10);
    memory.pinned = row.boolean(11);
    if (!row.is_null(12)) memory.utc_offset_minutes = row.integer(12);
    return memory;
}

}  // namespace

std::vector<ChangedAt> changed_after(Transaction& tx, const base::Uuid& owner, std::int64_t revision,
                                     std::int64_t limit) {
    std::vector<ChangedAt> changed;
    tx.run(
        "SELECT revision, id, created_at FROM memory_heads WHERE user_id = $1 AND revision > $2 ORDER BY revision "
        "LIMIT $3",
        {owner, revision, limit},
        [&](const Row& row) { changed.push_back({row.integer(0), row.uuid(1), row.time(2)}); });
    return changed;
}

std::optional<Memory> find_shown(Transaction& tx, const base::Uuid& owner, const ChangedAt& changed) {
    std::optional<Memory> memory;
    tx.run(ENGRAM_SELECT_SHOWN " AND id = $2 AND created_at = $3", {owner, changed.id, changed.created_at},
           [&](const Row& row) { memory = shown_memory_of(row); });
    return memory;
}

std::vector<Memory> created_between(Transaction& tx, const base::Uuid& owner, base::Time from, base::Time to) {
    std::vector<Memory> memories;
    tx.run(ENGRAM_SELECT_SHOWN " AND created_at >= $2 AND created_at < $3 ORDER BY created_at, id", {owner, from, to},
           [&](const Row& row) { memories.push_back(shown_memory_of(row)); });
    return memories;
}

}  // namespace engram::memory::store
