#include "adapters/sqlite/sqlite_error.hpp"

#include <cerrno>
#include <string>

namespace engram::sqlite {
namespace {

bool disk_is_full(sqlite3* db, int result) {
    if ((result & 0xff) == SQLITE_FULL) return true;
    if ((result & 0xff) != SQLITE_IOERR || db == nullptr) return false;
    const int system = sqlite3_system_errno(db);  // growing the WAL index, and fsync, say it this way
    return system == ENOSPC || system == EDQUOT;
}

base::Error unavailable(std::string detail) {
    base::Error error(base::Code::kUnavailable, "The database is not available right now.", std::move(detail));
    error.retry_after = std::chrono::seconds(1);
    return error;
}

}  // namespace

base::Error to_error(sqlite3* db, int result, std::string_view sql) {
    std::string detail = std::string("SQLite ") + std::to_string(result) + ": " +
                         (db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(result));
    if (disk_is_full(db, result))
        return {base::Code::kStorageFull, "There is no space left to store this.", std::move(detail)};
    // Without an extension it is a write inside a read, a mistake of ours; with one the files cannot be written to.
    if ((result & 0xff) == SQLITE_READONLY && result != SQLITE_READONLY) return unavailable(std::move(detail));
    switch (result & 0xff) {
        case SQLITE_CONSTRAINT:
            return {base::Code::kConflict, "This conflicts with what is stored.", std::move(detail)};
        case SQLITE_TOOBIG:
            return {base::Code::kTooLarge, "This is too large to store.", std::move(detail)};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
        case SQLITE_NOMEM:
        case SQLITE_INTERRUPT:
            return unavailable(std::move(detail));
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return {base::Code::kInternal, "The database file is damaged, or is no database. Restore it from a backup.",
                    std::move(detail)};
        default:
            if (!sql.empty()) (detail += " in: ") += sql;
            return {base::Code::kInternal, "The database refused a statement.", std::move(detail)};
    }
}

}  // namespace engram::sqlite
