// The embedded database: SQLite in WAL mode, one writer, readers beside it. The one room that includes sqlite3.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "ports/clock.hpp"
#include "ports/database.hpp"

namespace engram::sqlite {

struct SqliteOptions {
    std::string path;                        // its folder exists; the file is made, mode 0600, where there is none
    bool read_only = false;                  // for a look beside the process that owns the folder: a file that exists
    std::size_t readers_max = 8;             // connections, opened when first needed
    std::string vfs = {};                    // empty: SQLite's own
    int checkpoint_pages = 1000;             // the WAL is copied back when it holds so many pages of 4 KiB
    std::size_t wal_kept_bytes = 16u << 20;  // a WAL that grew past this is cut back when it starts over
    std::chrono::milliseconds busy_timeout{5000};  // for a lock that another program holds
};

// Opens it and checks that commits will be durable (WAL, synchronous=FULL) on every connection. `clock` measures
// batches and must outlive the database. Throws, naming the path, kUnavailable where the file cannot be opened or
// written to, kStorageFull where a new one has no space, kInternal where it is no database. The destructor finishes
// queued writes; the WAL is empty after it.
std::unique_ptr<ports::Database> open_sqlite(const SqliteOptions& options, const ports::Clock& clock);

}  // namespace engram::sqlite
