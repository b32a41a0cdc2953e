// What a schema is, and bringing it up to date.
#pragma once

#include <span>

#include "adapters/sqlite/sqlite_connection.hpp"

namespace engram::sqlite {

// As ports::Database::migrate. What is applied stands in schema_migrations(module, number, name, checksum).
void apply_migrations(Connection& connection, std::span<const ports::Migration> migrations);

// As ports::Database says.
std::vector<ports::AppliedStep> applied_steps(ports::Transaction& tx);
std::vector<ports::Table> tables(ports::Transaction& tx);

}  // namespace engram::sqlite
