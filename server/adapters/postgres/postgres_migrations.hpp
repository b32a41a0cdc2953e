// Brings the schema of a database up to date, as its owner. Internal.
#pragma once

#include <span>

#include "adapters/postgres/postgres_database.hpp"

namespace engram::postgres {

void apply_migrations(const PostgresOptions& options, std::span<const ports::Migration> migrations);

}  // namespace engram::postgres
