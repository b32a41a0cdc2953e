// What the schema of a database is, and bringing it up to date, as its owner. Internal.
#pragma once

#include <span>

#include "adapters/postgres/postgres_database.hpp"

namespace engram::postgres {

void apply_migrations(const PostgresOptions& options, std::span<const ports::Migration> migrations);

// As ports::Database says.
std::vector<ports::AppliedStep> applied_steps(const PostgresOptions& options);
std::vector<ports::Table> tables(const PostgresOptions& options);

}  // namespace engram::postgres
