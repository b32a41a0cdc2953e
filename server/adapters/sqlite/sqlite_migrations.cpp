#include "adapters/sqlite/sqlite_migrations.hpp"

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

ports::AppliedSteps applied_steps(Connection& connection) {
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

}  // namespace

void apply_migrations(Connection& connection, std::span<const ports::Migration> migrations) {
    connection.execute(kCreateTable);
    for (const ports::Migration* step : ports::pending_steps(migrations, applied_steps(connection), &text_of))
        apply(connection, *step);
}

}  // namespace engram::sqlite
