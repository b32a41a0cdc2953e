#include "adapters/sqlite/sqlite_migrations.hpp"

#include <map>
#include <utility>

#include "adapters/sqlite/sqlite_transaction.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"

namespace engram::sqlite {
namespace {

using Step = std::pair<std::string, int>;
using Checksums = std::map<Step, std::string>;

constexpr char kCreateTable[] =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " module TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
    " PRIMARY KEY (module, number))";

std::string text_of(const Step& step) { return step.first + " " + std::to_string(step.second); }

std::string checksum_of(const ports::Migration& migration) { return base::to_hex(base::hash_text(migration.sql)); }

Checksums applied_steps(Connection& connection) {
    Checksums applied;
    run_body(connection, [&](ports::Transaction& tx) {
        tx.run("SELECT module, number, checksum FROM schema_migrations", {}, [&](const ports::Row& row) {
            applied[{std::string(row.text(0)), static_cast<int>(row.integer(1))}] = row.text(2);
        });
    });
    return applied;
}

void require_counted_up(std::span<const ports::Migration> migrations) {
    std::map<std::string, int> last;
    for (const ports::Migration& migration : migrations)
        if (migration.number != ++last[migration.module])
            throw base::Error(base::Code::kInternal, "The steps of the schema are out of order.",
                              text_of({migration.module, migration.number}) + " follows " +
                                  std::to_string(last[migration.module] - 1));
}

void require_known(const Checksums& applied, std::span<const ports::Migration> migrations) {
    Checksums unknown = applied;
    for (const ports::Migration& migration : migrations) {
        const Step step{migration.module, migration.number};
        const auto found = applied.find(step);
        if (found != applied.end() && found->second != checksum_of(migration))
            throw base::Error(base::Code::kConflict, "The schema step " + text_of(step) +
                                                         " of this database was made by another text than this "
                                                         "program has. Use the program that made the database.");
        unknown.erase(step);
    }
    if (!unknown.empty())
        throw base::Error(base::Code::kConflict, "This database is newer than this program (schema step " +
                                                     text_of(unknown.begin()->first) + "). Use a newer program.");
}

void apply(Connection& connection, const ports::Migration& migration) {
    connection.execute("BEGIN IMMEDIATE");
    connection.execute(migration.sql.c_str());
    if (!connection.in_transaction())
        throw base::Error(base::Code::kInternal, "A schema step must not end its transaction.", migration.name);
    const std::string checksum = checksum_of(migration);
    run_body(connection, [&](ports::Transaction& tx) {
        tx.run("INSERT INTO schema_migrations (module, number, name, checksum) VALUES ($1, $2, $3, $4)",
               {std::string_view(migration.module), std::int64_t(migration.number), std::string_view(migration.name),
                std::string_view(checksum)});
    });
    connection.execute("COMMIT");
}

}  // namespace

void apply_migrations(Connection& connection, std::span<const ports::Migration> migrations) {
    require_counted_up(migrations);
    connection.execute(kCreateTable);
    const Checksums applied = applied_steps(connection);
    require_known(applied, migrations);
    for (const ports::Migration& migration : migrations)
        if (!applied.contains({migration.module, migration.number})) apply(connection, migration);
}

}  // namespace engram::sqlite
