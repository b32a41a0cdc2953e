// The database at scale: PostgreSQL 15 or newer by libpq. The one room that includes libpq-fe.h.
// The login of the URL owns the tables and changes the schema; everything else runs as the role `engram_app`, which
// row-level security binds (design.md 4).
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "ports/clock.hpp"
#include "ports/database.hpp"

namespace engram::postgres {

struct PostgresOptions {
    std::string url;                                 // postgres://login:password@host:port/database?...
    std::size_t connections_max = 16;                // opened when first needed
    std::chrono::milliseconds wait_max{5000};        // for a free connection, and for a lock
    std::chrono::milliseconds rest_after_fail{500};  // in which no other connection is tried
};

// Connects when first used: migrate() is what finds out whether the server is there, is new enough, and writes durably
// (fsync on, synchronous_commit not off). `clock` measures rests and must outlive the database.
// A closure of an owner's write waits for the owner's other writes, one without an owner for all without one: they are
// in line, as in SQLite. What PostgreSQL ends for the sake of others (40001, 40P01) is run again.
std::unique_ptr<ports::Database> open_postgres(const PostgresOptions& options, const ports::Clock& clock);

}  // namespace engram::postgres
