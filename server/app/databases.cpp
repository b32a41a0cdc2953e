#include "app/databases.hpp"

#include <algorithm>
#include <filesystem>

#include "adapters/disk/folder_lock.hpp"
#include "adapters/postgres/postgres_database.hpp"
#include "adapters/queue/database_queue.hpp"
#include "adapters/sqlite/sqlite_database.hpp"
#include "app/backups.hpp"
#include "modules/integration/import_store.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/user/user_store.hpp"
#include "ports/migration_plan.hpp"

namespace engram::app {

std::unique_ptr<ports::Database> open_file(const std::string& file, const ports::Clock& clock, Access access,
                                           const std::string& vfs) {
    if (access == Access::kRead && !std::filesystem::exists(file))
        throw base::Error(base::Code::kNotFound, "There is no engram in " + file + ". Name its folder with --data.");
    return sqlite::open_sqlite({.path = file, .read_only = access == Access::kRead, .vfs = vfs}, clock);
}

std::unique_ptr<ports::Database> open_database(const Config& config, const ports::Clock& clock, Access access,
                                               const std::string& vfs) {
    if (config.is_embedded()) return open_file(database_path(config), clock, access, vfs);
    return postgres::open_postgres({.url = config.database}, clock);
}

std::vector<ports::Migration> schema() {
    std::vector<ports::Migration> steps = user::store::migrations();
    for (ports::Migration& step : memory::store::migrations()) steps.push_back(std::move(step));
    for (ports::Migration& step : integration::store::migrations()) steps.push_back(std::move(step));
    for (ports::Migration& step : queue::migrations()) steps.push_back(std::move(step));
    return steps;
}

SchemaState schema_state(ports::Database& database) {
    const std::vector<ports::AppliedStep> applied = database.applied_steps();
    ports::steps_named(schema(), applied);  // throws where a newer program was here
    SchemaState state{.is_new = applied.empty(), .pending = {}};
    for (const ports::Migration& step : schema())
        if (std::ranges::find(applied, ports::AppliedStep{step.module, step.number}) == applied.end())
            state.pending.push_back(step.module + " " + step.name);
    return state;
}

std::string bring_up_to_date(ports::Database& database, const Config& config, const ports::Clock& clock) {
    const SchemaState state = schema_state(database);
    std::string backup;
    if (!state.is_new && !state.pending.empty())
        backup = write_backup(database, backup_path(config, "before-migration-", clock), clock).path;
    database.migrate(schema());
    return backup;
}

std::string bring_up_to_date_alone(const Config& config, const ports::Clock& clock) {
    const disk::FolderLock lock(config.data);
    return bring_up_to_date(*open_database(config, clock), config, clock);
}

std::vector<base::Uuid> persons(ports::Transaction& tx) { return user::store::ids(tx); }

std::string database_path(const Config& config) { return config.data + "/engram.db"; }

}  // namespace engram::app
