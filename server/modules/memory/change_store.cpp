#include "modules/memory/change_store.hpp"

#include "modules/memory/memory_columns.hpp"
#include "modules/memory/memory_row.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/synonym_store.hpp"
#include "modules/memory/vector_store.hpp"

namespace engram::memory::store {
namespace {

using ports::nullable;
using ports::Row;
using ports::Transaction;

// The columns that a version has in common with the row it was.
#define ENGRAM_KEPT_COLUMNS                                                                          \
    "created_at, author_id, title, content, classification, classified_by, confidence_score, "       \
    "reasoning, source, context, tags, emotional_context, level, metadata, attachments, thread_id, " \
    "reply_to, import_id, updated_at, occurred_at, remind_at, pinned, trashed_at, sealed, "          \
    "sealed_algorithm, key_id, language, utc_offset_minutes"
#define ENGRAM_VERSION_JOIN                                                                           \
    ", e.version, e.replaced_at FROM memory_versions e JOIN memory_heads h ON h.user_id = e.user_id " \
    "AND h.id = e.id WHERE e.user_id = $1 AND e.id = $2 "

std::int64_t next_revision(Transaction& tx, const base::Uuid& owner, const CountChange& counts) {
    std::int64_t revision = 0;
    tx.run(
        "UPDATE person_state SET revision = revision + 1, memory_count = memory_count + $2, "
        "trash_count = trash_count + $3 WHERE user_id = $1 RETURNING revision",
        {owner, std::int64_t{counts.memories}, std::int64_t{counts.trash}},
        [&](const Row& row) { revision = row.integer(0); });
    return revision;
}

StoredMemory stored_of(const Row& row) {
    return {memory_of(row), std::string(row.text(kLanguageColumn)), row.integer(kColumns)};
}

}  // namespace

std::optional<StoredMemory> find_stored(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    std::optional<StoredMemory> stored;
    if (const auto created_at = find_created_at(tx, owner, id))
        tx.run("SELECT " ENGRAM_MEMORY_COLUMNS ", e.version" ENGRAM_MEMORY_AT, {owner, *created_at, id},
               [&](const Row& row) { stored = stored_of(row); });
    return stored;
}

std::int64_t update(Transaction& tx, const base::Uuid& owner, const StoredMemory& stored, const CountChange& counts) {
    const Memory& memory = stored.memory;
    const std::string tags = json_of_texts(*memory.tags), attachments = json_of_ids(memory.attachments);
    const std::int64_t revision = next_revision(tx, owner, counts);
    tx.send(
        "UPDATE memory_entries SET title = $4, content = $5, classification = $6, classified_by = $7, "
        "confidence_score = $8, source = $9, context = $10, tags = $11, emotional_context = $12, level = $13, "
        "metadata = $14, attachments = $15, thread_id = $16, reply_to = $17, updated_at = $18, occurred_at = $19, "
        "remind_at = $20, pinned = $21, language = $22, version = $23, trashed_at = $24, revision = $25 "
        "WHERE user_id = $1 AND created_at = $2 AND id = $3",
        {owner,
         memory.created_at,
         memory.id,
         nullable(memory.title),
         *memory.content,
         memory.classification,
         memory.classified_by,
         memory.confidence_score,
         memory.source,
         nullable(memory.context),
         tags,
         nullable(memory.emotional_context),
         memory.security_level,
         memory.metadata.text,
         attachments,
         nullable(memory.thread_id),
         nullable(memory.reply_to),
         memory.updated_at,
         nullable(memory.occurred_at),
         nullable(memory.remind_at),
         memory.pinned,
         stored.language,
         stored.version,
         nullable(memory.trashed_at.value),
         revision});
    tx.send("UPDATE memory_heads SET revision = $3 WHERE user_id = $1 AND id = $2", {owner, memory.id, revision});
    return revision;
}

void keep_version(Transaction& tx, const base::Uuid& owner, const StoredMemory& stored, base::Time replaced_at,
                  std::int64_t forget) {
    tx.send("INSERT INTO memory_versions (user_id, id, version, replaced_at, " ENGRAM_KEPT_COLUMNS
            ") SELECT user_id, id, version, $4, " ENGRAM_KEPT_COLUMNS
            " FROM memory_entries WHERE user_id = $1 AND created_at = $2 AND id = $3",
            {owner, stored.memory.created_at, stored.memory.id, replaced_at});
    if (forget <= 0) return;
    tx.send("DELETE FROM memory_versions WHERE user_id = $1 AND id = $2 AND version <= $3",
            {owner, stored.memory.id, forget});
}

void set_version(Transaction& tx, const base::Uuid& owner, const StoredMemory& stored) {
    tx.send("UPDATE memory_entries SET version = $4 WHERE user_id = $1 AND created_at = $2 AND id = $3",
            {owner, stored.memory.created_at, stored.memory.id, stored.version});
}

std::vector<Version> versions(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    std::vector<Version> found;
    tx.run("SELECT " ENGRAM_ENTRY_COLUMNS("h.revision") ENGRAM_VERSION_JOIN "ORDER BY e.version DESC", {owner, id},
           [&](const Row& row) { found.push_back({row.integer(kColumns), row.time(kColumns + 1), memory_of(row)}); });
    return found;
}

std::optional<StoredMemory> find_version(Transaction& tx, const base::Uuid& owner, const base::Uuid& id,
                                         std::int64_t version) {
    std::optional<StoredMemory> stored;
    tx.run("SELECT " ENGRAM_ENTRY_COLUMNS("h.revision") ENGRAM_VERSION_JOIN "AND e.version = $3", {owner, id, version},
           [&](const Row& row) { stored = stored_of(row); });
    return stored;
}

void erase(Transaction& tx, const base::Uuid& owner, const Memory& memory, base::Time now) {
    tx.send("DELETE FROM memory_versions WHERE user_id = $1 AND id = $2", {owner, memory.id});
    remove_vectors(tx, owner, memory.id);
    tx.send("DELETE FROM memory_entries WHERE user_id = $1 AND created_at = $2 AND id = $3",
            {owner, memory.created_at, memory.id});
    const bool trashed = memory.trashed_at.value.has_value();
    const std::int64_t revision = next_revision(tx, owner, {trashed ? 0 : -1, trashed ? -1 : 0});
    tx.send("UPDATE memory_heads SET revision = $3, deleted_at = $4, body_hash = $5 WHERE user_id = $1 AND id = $2",
            {owner, memory.id, revision, now, std::span<const std::uint8_t>()});
}

std::int64_t erase_some(Transaction& tx, const base::Uuid& owner, std::int64_t limit) {
    std::vector<std::pair<base::Uuid, base::Time>> heads;
    tx.run("SELECT id, created_at FROM memory_heads WHERE user_id = $1 LIMIT $2", {owner, limit},
           [&](const Row& row) { heads.emplace_back(row.uuid(0), row.time(1)); });
    for (const auto& [id, created_at] : heads) {
        tx.send("DELETE FROM memory_versions WHERE user_id = $1 AND id = $2", {owner, id});
        tx.send("DELETE FROM memory_entries WHERE user_id = $1 AND created_at = $2 AND id = $3",
                {owner, created_at, id});
        tx.send("DELETE FROM memory_heads WHERE user_id = $1 AND id = $2", {owner, id});
    }
    if (heads.empty()) {
        tx.send("DELETE FROM memory_undo_items WHERE user_id = $1", {owner});
        tx.send("DELETE FROM memory_undos WHERE user_id = $1", {owner});
        erase_synonyms(tx, owner);
        erase_vectors(tx, owner);
        tx.send("DELETE FROM person_state WHERE user_id = $1", {owner});
    }
    return std::ssize(heads);
}

std::vector<base::Uuid> expired(Transaction& tx, const base::Uuid& owner, base::Time before, std::int64_t limit) {
    std::vector<base::Uuid> ids;
    tx.run("SELECT id FROM memory_entries WHERE user_id = $1 AND trashed_at IS NOT NULL AND trashed_at < $2 LIMIT $3",
           {owner, before, limit}, [&](const Row& row) { ids.push_back(row.uuid(0)); });
    return ids;
}

}  // namespace engram::memory::store
