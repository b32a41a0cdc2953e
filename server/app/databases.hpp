// The database of a configuration, and what every module has to say about its schema.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"

namespace engram::app {

enum class Access { kAll, kRead };

// Opens it as it is. kRead is for a look beside a server that runs, at a database that exists. `vfs` is SQLite's, for
// tests. Throws as the adapters do; kNotFound for kRead where there is none.
std::unique_ptr<ports::Database> open_database(const Config& config, const ports::Clock& clock,
                                               Access access = Access::kAll, const std::string& vfs = {});

// Opens the SQLite database in `file`.
std::unique_ptr<ports::Database> open_file(const std::string& file, const ports::Clock& clock,
                                           Access access = Access::kAll, const std::string& vfs = {});

// The steps of all modules, in order.
std::vector<ports::Migration> schema();

struct SchemaState {
    bool is_new = false;               // no step was ever run
    std::vector<std::string> pending;  // still to be run: "memory 0003_undo"
};
// Throws kConflict where a newer program has been at the database.
SchemaState schema_state(ports::Database& database);

// Brings the schema up to date; what was there is backed up first (into DATA/backups). Gives the backup's path, empty
// where none was made.
std::string bring_up_to_date(ports::Database& database, const Config& config, const ports::Clock& clock);

// The same for a folder or a database by itself. Throws kConflict where the folder is in use.
std::string bring_up_to_date_alone(const Config& config, const ports::Clock& clock);

// The ids of all persons.
std::vector<base::Uuid> persons(ports::Transaction& tx);

// The database's file, where it is embedded.
std::string database_path(const Config& config);

}  // namespace engram::app
