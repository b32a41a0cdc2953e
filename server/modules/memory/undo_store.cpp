#include "modules/memory/undo_store.hpp"

namespace engram::memory::store {

using ports::Row;
using ports::Transaction;

void begin_undo(Transaction& tx, const base::Uuid& owner, const base::Uuid& id, base::Time now, base::Time forget) {
    tx.send(
        "DELETE FROM memory_undo_items WHERE user_id = $1 AND undo_id IN "
        "(SELECT id FROM memory_undos WHERE user_id = $1 AND made_at < $2)",
        {owner, forget});
    tx.send("DELETE FROM memory_undos WHERE user_id = $1 AND made_at < $2", {owner, forget});
    tx.send("INSERT INTO memory_undos (user_id, id, made_at) VALUES ($1, $2, $3)", {owner, id, now});
}

void add_undo_item(Transaction& tx, const base::Uuid& owner, const base::Uuid& undo_id, const UndoItem& item) {
    tx.send(
        "INSERT INTO memory_undo_items (user_id, undo_id, memory_id, revision, version) VALUES ($1, $2, $3, $4, $5)",
        {owner, undo_id, item.memory_id, item.revision, ports::nullable(item.version)});
}

std::optional<std::vector<UndoItem>> undo_items(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    std::optional<std::vector<UndoItem>> items;
    tx.run("SELECT 1 FROM memory_undos WHERE user_id = $1 AND id = $2", {owner, id},
           [&](const Row&) { items.emplace(); });
    if (!items) return items;
    tx.run(
        "SELECT memory_id, revision, version FROM memory_undo_items WHERE user_id = $1 AND undo_id = $2 "
        "ORDER BY memory_id",
        {owner, id}, [&](const Row& row) {
            const auto version = row.is_null(2) ? std::nullopt : std::optional(row.integer(2));
            items->push_back({row.uuid(0), row.integer(1), version});
        });
    return items;
}

void drop_undo_item(Transaction& tx, const base::Uuid& owner, const base::Uuid& undo_id, const base::Uuid& memory_id) {
    tx.send("DELETE FROM memory_undo_items WHERE user_id = $1 AND undo_id = $2 AND memory_id = $3",
            {owner, undo_id, memory_id});
}

}  // namespace engram::memory::store
