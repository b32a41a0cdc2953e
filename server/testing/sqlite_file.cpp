#include "testing/sqlite_file.hpp"

#include "adapters/sqlite/sqlite_database.hpp"
#include "adapters/system/system_clock.hpp"

namespace engram::testing {

std::unique_ptr<ports::Database> open_sqlite_file(const std::string& path) {
    static const system::SystemClock clock;
    return sqlite::open_sqlite({.path = path}, clock);
}

}  // namespace engram::testing
