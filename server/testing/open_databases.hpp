// Databases, and a bus, for tests of rooms that know none.
#pragma once

#include <memory>
#include <string>

#include "ports/bus.hpp"
#include "ports/database.hpp"

namespace engram::testing {

std::unique_ptr<ports::Database> open_sqlite_file(const std::string& path);

// A new, empty one of PostgresServer::shared().
std::unique_ptr<ports::Database> open_new_postgres();

// Of this process alone.
std::unique_ptr<ports::Bus> open_bus();

}  // namespace engram::testing
