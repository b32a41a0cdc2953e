#include "adapters/postgres/postgres_migrations.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "adapters/postgres/postgres_connection.hpp"
#include "adapters/postgres/postgres_error.hpp"
#include "ports/migration_plan.hpp"

namespace engram::embedded {
std::string_view postgres(std::string_view name);
}

namespace engram::postgres {
namespace {

// Two programs that start at once bring the schema up to date one after the other.
constexpr char kLock[] = "SELECT pg_advisory_lock(7236298130551423593)";

// Modules do not know of roles: what the application may do is the same for each of their tables. Partitions are
// reached through their parents only, and what has been applied is the owner's to write.
constexpr char kGrants[] = R"(
DO $$
DECLARE
    one record;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO engram_app', current_schema());
    FOR one IN SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
               AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'schema_migrations'
               AND NOT has_table_privilege('engram_app', c.oid, 'DELETE') LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO engram_app', one.name);
    END LOOP;
    EXECUTE 'GRANT SELECT ON schema_migrations TO engram_app';
END
$$)";

std::string_view text_of(const ports::Migration& migration) {
    return migration.postgres_sql.empty() ? migration.sql : migration.postgres_sql;
}

Result run(PGconn* connection, std::string_view sql, std::initializer_list<std::string> params = {}) {
    std::vector<const char*> values;
    for (const std::string& param : params) values.push_back(param.c_str());
    const std::string text(sql);
    Result result(values.empty() ? PQexec(connection, text.c_str())
                                 : PQexecParams(connection, text.c_str(), static_cast<int>(values.size()), nullptr,
                                                values.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return result;
    if (PQstatus(connection) == CONNECTION_BAD) throw lost(connection);
    throw to_error(result.get(), text.substr(0, 200), true);
}

ports::AppliedSteps applied_with_checksums(PGconn* connection) {
    ports::AppliedSteps applied;
    const Result rows = run(connection, "SELECT module, number, checksum FROM schema_migrations");
    for (int row = 0; row < PQntuples(rows.get()); ++row)
        applied[{PQgetvalue(rows.get(), row, 0), std::atoi(PQgetvalue(rows.get(), row, 1))}] =
            PQgetvalue(rows.get(), row, 2);
    return applied;
}

// An error leaves the transaction open; it ends with the connection.
void apply(PGconn* connection, const ports::Migration& migration) {
    run(connection, "BEGIN");
    run(connection, text_of(migration));
    if (PQtransactionStatus(connection) != PQTRANS_INTRANS)
        throw base::Error(base::Code::kInternal, "A schema step must not end its transaction.", migration.name);
    run(connection, "INSERT INTO schema_migrations (module, number, name, checksum) VALUES ($1, $2, $3, $4)",
        {migration.module, std::to_string(migration.number), migration.name, ports::checksum_of(text_of(migration))});
    run(connection, "COMMIT");
}

// One row a column; tables in the order in which they were made.
constexpr char kColumns[] = R"(
SELECT c.relname, c.relkind = 'p', a.attname, format_type(a.atttypid, NULL),
       coalesce(array_position(i.indkey::int2[], a.attnum), -1)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relname <> 'schema_migrations'
ORDER BY c.oid, a.attnum)";

ports::ColumnType type_of(std::string_view name) {
    return ports::declared_type(name == "timestamp with time zone" ? "timestamptz" : name);
}

}  // namespace

std::vector<ports::AppliedStep> applied_steps(const PostgresOptions& options) {
    const auto connection = connect(options, Role::kOwner);
    std::vector<ports::AppliedStep> steps;
    const Result known = run(connection.get(), "SELECT to_regclass('schema_migrations') IS NOT NULL");
    if (std::string_view(PQgetvalue(known.get(), 0, 0)) != "t") return steps;
    for (const auto& [step, checksum] : applied_with_checksums(connection.get()))
        steps.push_back({step.first, step.second});
    return steps;
}

std::vector<ports::Table> tables(const PostgresOptions& options) {
    const auto connection = connect(options, Role::kOwner);
    const Result rows = run(connection.get(), kColumns);
    std::vector<ports::Table> all;
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        const auto text = [&](int column) { return std::string(PQgetvalue(rows.get(), row, column)); };
        if (all.empty() || all.back().name != text(0))
            all.push_back({.name = text(0), .columns = {}, .key = {}, .by_month = text(1) == "t"});
        ports::Table& table = all.back();
        table.columns.push_back({text(2), type_of(text(3))});
        const int place = std::atoi(text(4).c_str());
        if (place < 0) continue;
        table.key.resize(std::max(table.key.size(), static_cast<std::size_t>(place) + 1));
        table.key[static_cast<std::size_t>(place)] = text(2);
    }
    return all;
}

void apply_migrations(const PostgresOptions& options, std::span<const ports::Migration> migrations) {
    const auto connection = connect(options, Role::kOwner);
    run(connection.get(), kLock);
    run(connection.get(), embedded::postgres("basis.sql"));
    for (const ports::Migration* step :
         ports::pending_steps(migrations, applied_with_checksums(connection.get()), &text_of))
        apply(connection.get(), *step);
    run(connection.get(), kGrants);
}

}  // namespace engram::postgres
