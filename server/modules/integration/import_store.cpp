#include "modules/integration/import_store.hpp"

#include "base/json.hpp"
#include "http/json_read.hpp"
#include "http/json_write.hpp"

namespace engram::embedded {
std::string_view integration(std::string_view name);
}

namespace engram::integration {

std::string uploads_of(const base::Uuid& owner) { return "imports/" + to_string(owner); }

void remove_uploads(ports::ObjectStore& objects, const base::Uuid& owner) {
    for (const std::string& key : objects.list(uploads_of(owner))) objects.remove(key);
}

namespace store {
namespace {

using ports::nullable;
using ports::Param;
using ports::Row;

#define ENGRAM_IMPORT_COLUMNS                                                                                    \
    "id, state, name, asked_format, time_zone, date_order, level, bytes, summary, done, stored, already_there, " \
    "refused, reason, created_at, finished_at"

std::string text_of(const ImportSummary& summary) {
    std::string text;
    http::write_json(text, summary);
    return text;
}

// A summary of an older program has fewer fields, of a newer one more.
void read_summary(std::string_view text, ImportSummary& summary) {
    const base::JsonDocument document(text);
    http::Findings findings;
    http::read_members(document.root().as_object(), summary, {}, http::Place(), findings);
}

ImportRow row_of(const Row& row) {
    ImportRow found{
        .import = {}, .asked_format = std::string(row.text(3)), .asked_date_order = std::string(row.text(5))};
    Import& import = found.import;
    read_summary(row.text(8), import);
    import.id = row.uuid(0);
    import.state = row.text(1);
    import.name = row.text(2);
    import.time_zone = row.text(4);
    found.level = row.integer(6);
    import.bytes = row.integer(7);
    import.done = row.integer(9);
    import.stored = row.integer(10);
    import.already_there = row.integer(11);
    import.refused = row.integer(12);
    import.reason = ports::optional_text(row, 13);
    import.created_at = row.time(14);
    import.finished_at = ports::optional_time(row, 15);
    return found;
}

}  // namespace

std::vector<ports::Migration> migrations() {
    return {{.module = "integration",
             .number = 1,
             .name = "0001_imports",
             .sql = std::string(embedded::integration("0001_imports.sql")),
             .postgres_sql = std::string(embedded::integration("0001_imports.postgres.sql"))}};
}

void insert(Transaction& tx, const base::Uuid& owner, const ImportRow& row) {
    const Import& import = row.import;
    const std::string summary = text_of(import);
    tx.run("INSERT INTO imports (user_id, " ENGRAM_IMPORT_COLUMNS
           ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
           {owner, import.id, import.state, import.name, row.asked_format, import.time_zone, row.asked_date_order,
            row.level, import.bytes, summary, import.done, import.stored, import.already_there, import.refused,
            nullable(import.reason), import.created_at, nullable(import.finished_at)});
}

std::optional<ImportRow> find(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    std::optional<ImportRow> found;
    tx.run("SELECT " ENGRAM_IMPORT_COLUMNS " FROM imports WHERE user_id = $1 AND id = $2", {owner, id},
           [&](const Row& row) { found = row_of(row); });
    return found;
}

std::vector<Import> list(Transaction& tx, const base::Uuid& owner, std::int64_t limit) {
    std::vector<Import> imports;
    tx.run("SELECT " ENGRAM_IMPORT_COLUMNS
           " FROM imports WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
           {owner, limit}, [&](const Row& row) { imports.push_back(row_of(row).import); });
    return imports;
}

bool update(Transaction& tx, const base::Uuid& owner, const ImportRow& row, std::string_view if_state) {
    const Import& import = row.import;
    const std::string summary = text_of(import);
    return tx.run(
               "UPDATE imports SET state = $3, time_zone = $4, date_order = $5, summary = $6, done = $7, stored = $8, "
               "already_there = $9, refused = $10, reason = $11, finished_at = $12 "
               "WHERE user_id = $1 AND id = $2 AND state = $13",
               {owner, import.id, import.state, import.time_zone, row.asked_date_order, summary, import.done,
                import.stored, import.already_there, import.refused, nullable(import.reason),
                nullable(import.finished_at), if_state}) > 0;
}

bool erase(Transaction& tx, const base::Uuid& owner, const base::Uuid& id, std::string_view if_state) {
    return tx.run("DELETE FROM imports WHERE user_id = $1 AND id = $2 AND state = $3", {owner, id, if_state}) > 0;
}

// The update changes nothing: it makes the row that is there come back.
std::vector<Claim> claim(Transaction& tx, const base::Uuid& owner, std::span<const Claim> wanted) {
    std::vector<std::vector<Param>> params;
    for (const Claim& one : wanted) params.push_back({owner, one.fingerprint, one.import_id, one.memory_id});
    std::vector<Claim> claims;
    tx.run_each(
        "INSERT INTO import_messages (user_id, fingerprint, import_id, memory_id, revision) VALUES ($1, $2, $3, $4, 0) "
        "ON CONFLICT (user_id, fingerprint) DO UPDATE SET revision = import_messages.revision "
        "RETURNING fingerprint, import_id, memory_id, revision",
        params, [&](const Row& row) { claims.push_back({row.uuid(0), row.uuid(1), row.uuid(2), row.integer(3)}); });
    return claims;
}

void settle(Transaction& tx, const base::Uuid& owner, std::span<const Claim> stored) {
    for (const Claim& one : stored)
        tx.send("UPDATE import_messages SET memory_id = $3, revision = $4 WHERE user_id = $1 AND fingerprint = $2",
                {owner, one.fingerprint, one.memory_id, one.revision});
}

std::optional<base::Uuid> memory_of(Transaction& tx, const base::Uuid& owner, const base::Uuid& fingerprint) {
    std::optional<base::Uuid> id;
    tx.run("SELECT memory_id FROM import_messages WHERE user_id = $1 AND fingerprint = $2 AND revision > 0",
           {owner, fingerprint}, [&](const Row& row) { id = row.uuid(0); });
    return id;
}

std::vector<Claim> claims_of(Transaction& tx, const base::Uuid& owner, const base::Uuid& import_id,
                             std::int64_t limit) {
    std::vector<Claim> claims;
    tx.run(
        "SELECT fingerprint, memory_id, revision FROM import_messages WHERE user_id = $1 AND import_id = $2 LIMIT $3",
        {owner, import_id, limit},
        [&](const Row& row) { claims.push_back({row.uuid(0), import_id, row.uuid(1), row.integer(2)}); });
    return claims;
}

std::int64_t erase_some(Transaction& tx, const base::Uuid& owner, std::int64_t limit) {
    std::vector<Claim> claims;
    tx.run("SELECT fingerprint FROM import_messages WHERE user_id = $1 LIMIT $2", {owner, limit},
           [&](const Row& row) { claims.push_back({row.uuid(0), {}, {}, 0}); });
    forget(tx, owner, claims);
    if (claims.empty()) tx.send("DELETE FROM imports WHERE user_id = $1", {owner});
    return std::ssize(claims);
}

void forget(Transaction& tx, const base::Uuid& owner, std::span<const Claim> claims) {
    for (const Claim& one : claims)
        tx.send("DELETE FROM import_messages WHERE user_id = $1 AND fingerprint = $2", {owner, one.fingerprint});
}

}  // namespace store
}  // namespace engram::integration
