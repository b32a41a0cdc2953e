#include "modules/memory/memory_store.hpp"

#include "base/text.hpp"
#include "modules/memory/memory_columns.hpp"
#include "modules/memory/memory_row.hpp"

namespace engram::embedded {
std::string_view memory(std::string_view name);
}

namespace engram::memory::store {
namespace {

using ports::nullable;
using ports::Row;

#define ENGRAM_LIST(trashed)                                                                                \
    "SELECT " ENGRAM_MEMORY_COLUMNS " FROM memory_entries e WHERE e.user_id = $1 AND e.trashed_at " trashed \
    " AND (e.created_at, e.id) < ($2, $3) AND e.created_at <= $2 AND e.created_at >= $6 "                   \
    "ORDER BY e.created_at DESC, e.id DESC LIMIT $4 OFFSET $5"

// How far back a list looks at first, and the furthest that is worth a look of its own.
constexpr std::chrono::days kFirstLook{62}, kLongestLook{5000};

void insert_entry(Transaction& tx, const base::Uuid& owner, const Entry& entry, std::int64_t revision) {
    const Memory& memory = entry.memory;
    const std::string tags = json_of_texts(*memory.tags), attachments = json_of_ids(memory.attachments);
    tx.send(
        "INSERT INTO memory_entries (user_id, id, created_at, author_id, title, content, classification, "
        "classified_by, confidence_score, source, context, tags, emotional_context, level, metadata, attachments, "
        "thread_id, reply_to, import_id, updated_at, occurred_at, remind_at, pinned, language, revision, "
        "utc_offset_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
        "$19, $20, $21, $22, $23, $24, $25, $26)",
        {owner,
         memory.id,
         memory.created_at,
         memory.author_id,
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
         nullable(memory.import_id),
         memory.updated_at,
         nullable(memory.occurred_at),
         nullable(memory.remind_at),
         memory.pinned,
         entry.language,
         revision,
         nullable(memory.utc_offset_minutes)});
}

}  // namespace

std::vector<ports::Migration> migrations() {
    std::vector<ports::Migration> steps{
        {"memory", 1, "0001_memories", {}},       {"memory", 2, "0002_changes", {}},  {"memory", 3, "0003_undo", {}},
        {"memory", 4, "0004_entry_revision", {}}, {"memory", 5, "0005_synonyms", {}}, {"memory", 6, "0006_vectors", {}},
        {"memory", 7, "0007_vector_models", {}}};
    for (ports::Migration& step : steps) {
        step.sql = embedded::memory(step.name + ".sql");
        step.postgres_sql = embedded::memory(step.name + ".postgres.sql");
    }
    return steps;
}

void ensure_month(ports::Database& database, base::Time created_at) {
    database.ensure_partition("memory_entries", created_at);
}

std::optional<PersonState> find_state(Transaction& tx, const base::Uuid& owner) {
    std::optional<PersonState> state;
    tx.run(
        "SELECT revision, epoch, memory_count, trash_count FROM person_state WHERE user_id = $1", {owner},
        [&](const Row& row) { state = PersonState{row.integer(0), row.integer(1), row.integer(2), row.integer(3)}; });
    return state;
}

void set_epoch(Transaction& tx, const base::Uuid& owner, std::int64_t epoch) {
    tx.run("UPDATE person_state SET epoch = $2 WHERE user_id = $1", {owner, epoch});
}

void insert_state(Transaction& tx, const base::Uuid& owner, std::int64_t epoch) {
    tx.run(
        "INSERT INTO person_state (user_id, revision, epoch, memory_count, trash_count) VALUES ($1, 0, $2, 0, 0) "
        "ON CONFLICT (user_id) DO NOTHING",
        {owner, epoch});
}

std::int64_t insert(Transaction& tx, const base::Uuid& owner, const Entry& entry, std::int64_t epoch_if_first) {
    std::int64_t revision = 0;
    tx.run(
        "INSERT INTO person_state (user_id, revision, epoch, memory_count, trash_count) VALUES ($1, 1, $2, 1, 0) "
        "ON CONFLICT (user_id) DO UPDATE SET revision = person_state.revision + 1, "
        "memory_count = person_state.memory_count + 1 RETURNING revision",
        {owner, epoch_if_first}, [&](const Row& row) { revision = row.integer(0); });
    insert_entry(tx, owner, entry, revision);
    tx.send(
        "INSERT INTO memory_heads (user_id, id, created_at, revision, body_hash) VALUES ($1, $2, $3, $4, $5)",
        {owner, entry.memory.id, entry.memory.created_at, revision, std::span<const std::uint8_t>(entry.body_hash)});
    return revision;
}

std::optional<Head> find_head(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    std::optional<Head> head;
    tx.run("SELECT created_at, body_hash, deleted_at FROM memory_heads WHERE user_id = $1 AND id = $2", {owner, id},
           [&](const Row& row) {
               head = Head{id, row.time(0), {}, !row.is_null(2)};
               const auto hash = row.bytes(1);
               std::copy_n(hash.begin(), std::min(hash.size(), head->body_hash.size()), head->body_hash.begin());
           });
    return head;
}

std::optional<base::Time> find_created_at(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    std::optional<base::Time> created_at;
    tx.run("SELECT created_at FROM memory_heads WHERE user_id = $1 AND id = $2", {owner, id},
           [&](const Row& row) { created_at = row.time(0); });
    return created_at;
}

std::optional<Memory> find(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    std::optional<Memory> found;
    if (const auto created_at = find_created_at(tx, owner, id))
        tx.run("SELECT " ENGRAM_MEMORY_COLUMNS ENGRAM_MEMORY_AT "AND e.trashed_at IS NULL", {owner, *created_at, id},
               [&](const Row& row) { found = memory_of(row); });
    return found;
}

void find_at(Transaction& tx, const base::Uuid& owner, std::span<const ListPlace> places, const ports::OnRow& on_row) {
    std::vector<std::vector<ports::Param>> params;
    params.reserve(places.size());
    for (const ListPlace& place : places) params.push_back({owner, place.created_at, place.id});
    tx.run_each("SELECT " ENGRAM_MEMORY_COLUMNS
                " FROM memory_entries e WHERE e.user_id = $1 AND e.created_at = $2 AND e.id = $3 "
                "AND e.trashed_at IS NULL",
                params, on_row);
}

std::vector<FoundEntry> find_at(Transaction& tx, const base::Uuid& owner, std::span<const ListPlace> places) {
    std::vector<FoundEntry> found;
    found.reserve(places.size());
    find_at(tx, owner, places, [&](const Row& row) { found.push_back(found_entry_of(row)); });
    return found;
}

// PostgreSQL opens every partition that a statement may touch, and a page lies in the last months as a rule: ever
// longer stretches are looked at until it is full.
std::vector<Memory> list(Transaction& tx, const base::Uuid& owner, const Stretch& stretch, const ListPlace& before) {
    std::vector<Memory> memories;
    memories.reserve(static_cast<std::size_t>(stretch.limit));
    ListPlace below = before;
    for (std::chrono::days look = kFirstLook;; look *= 4) {
        base::Time from = std::min(below.created_at, stretch.newest);
        from -= std::min<std::chrono::microseconds>(look, from.time_since_epoch());
        if (stretch.offset > 0 || look > kLongestLook) from = {};
        tx.run(stretch.trash ? ENGRAM_LIST("IS NOT NULL") : ENGRAM_LIST("IS NULL"),
               {owner, below.created_at, below.id, stretch.limit - std::ssize(memories), stretch.offset, from},
               [&](const Row& row) { memories.push_back(memory_of(row)); });
        if (from == base::Time{} || std::ssize(memories) >= stretch.limit) return memories;
        below = {from, {}};
    }
}

}  // namespace engram::memory::store
