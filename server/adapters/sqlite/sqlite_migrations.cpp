#include "adapters/sqlite/sqlite_migrations.hpp"

#include <map>

#include "adapters/sqlite/sqlite_transaction.hpp"
#include "base/error.hpp"
#include "ports/migration_plan.hpp"

namespace engram::sqlite {
namespace {

constexpr char kCreateTable[] =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " module TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
    " PRIMARY KEY (module, number))";

std::string_view text_of(const ports::Migration& migration) { return migration.sql; }

ports::AppliedSteps applied_with_checksums(Connection& connection) {
    ports::AppliedSteps applied;
    run_body(connection, [&](ports::Transaction& tx) {
        tx.run("SELECT module, number, checksum FROM schema_migrations", {}, [&](const ports::Row& row) {
            applied[{std::string(row.text(0)), static_cast<int>(row.integer(1))}] = row.text(2);
        });
    });
    return applied;
}

void apply(Connection& connection, const ports::Migration& migration) {
    connection.execute("BEGIN IMMEDIATE");
    connection.execute(migration.sql.c_str());
    if (!connection.in_transaction())
        throw base::Error(base::Code::kInternal, "A schema step must not end its transaction.", migration.name);
    const std::string checksum = ports::checksum_of(migration.sql);
    run_body(connection, [&](ports::Transaction& tx) {
        tx.run("INSERT INTO schema_migrations (module, number, name, checksum) VALUES ($1, $2, $3, $4)",
               {std::string_view(migration.module), std::int64_t(migration.number), std::string_view(migration.name),
                std::string_view(checksum)});
    });
    connection.execute("COMMIT");
}

// Declared types are kept as a step writes them, but for this one.
ports::ColumnType type_of(std::string_view declared) {
    return ports::declared_type(declared == "TEXT" ? "text" : declared);
}

ports::Table table_of(ports::Transaction& tx, std::string_view name) {
    ports::Table table{.name = std::string(name), .columns = {}, .key = {}, .by_month = false};
    std::map<std::int64_t, std::string> key;
    tx.run("SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid", {name}, [&](const ports::Row& row) {
        table.columns.push_back({std::string(row.text(0)), type_of(row.text(1))});
        if (row.integer(2) > 0) key[row.integer(2)] = row.text(0);
    });
    for (auto& [place, column] : key) table.key.push_back(std::move(column));
    return table;
}

}  // namespace

std::vector<ports::AppliedStep> applied_steps(ports::Transaction& tx) {
    std::vector<ports::AppliedStep> steps;
    bool is_new = true;
    tx.run("SELECT 1 FROM sqlite_master WHERE name = 'schema_migrations'", {},
           [&](const ports::Row&) { is_new = false; });
    if (is_new) return steps;
    tx.run("SELECT module, number FROM schema_migrations ORDER BY module, number", {}, [&](const ports::Row& row) {
        steps.push_back({std::string(row.text(0)), static_cast<int>(row.integer(1))});
    });
    return steps;
}

std::vector<ports::Table> tables(ports::Transaction& tx) {
    std::vector<ports::Table> all;
    tx.run(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migrations' "
        "AND substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid",
        {}, [&](const ports::Row& row) { all.push_back(table_of(tx, row.text(0))); });
    return all;
}

void apply_migrations(Connection& connection, std::span<const ports::Migration> migrations) {
    connection.execute(kCreateTable);
    for (const ports::Migration* step : ports::pending_steps(migrations, applied_with_checksums(connection), &text_of))
        apply(connection, *step);
}

}  // namespace engram::sqlite
