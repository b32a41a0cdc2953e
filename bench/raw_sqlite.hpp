// What this disk gives at best: rows of a memory's size written straight into SQLite, 16 to a commit.
#pragma once

#include <cstddef>
#include <filesystem>

#include "bench/texts.hpp"

namespace engram::bench {

// Rows per second. WAL and synchronous=FULL, as the server writes. The database is made in `folder` and removed.
double raw_sqlite_rate(const std::filesystem::path& folder, Texts& texts, std::size_t rows, std::size_t batch);

}  // namespace engram::bench
