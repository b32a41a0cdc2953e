// The one place where SQLite's result codes become base::Error.
#pragma once

#include <sqlite3.h>

#include <string_view>

#include "base/error.hpp"

namespace engram::sqlite {

// The error of the last call on `db` (may be null), which gave `result`; `sql` goes into the detail of an internal one.
base::Error to_error(sqlite3* db, int result, std::string_view sql = {});

// Throws it unless `result` is SQLITE_OK.
inline void check(sqlite3* db, int result, std::string_view sql = {}) {
    if (result != SQLITE_OK) throw to_error(db, result, sql);
}

}  // namespace engram::sqlite
