#include "testing/open_databases.hpp"

#include "adapters/postgres/postgres_database.hpp"
#include "adapters/process/process_bus.hpp"
#include "adapters/sqlite/sqlite_database.hpp"
#include "adapters/system/system_clock.hpp"
#include "testing/postgres_server.hpp"

namespace engram::testing {
namespace {

const system::SystemClock kClock;

}  // namespace

std::unique_ptr<ports::Database> open_sqlite_file(const std::string& path) {
    return sqlite::open_sqlite({.path = path}, kClock);
}

std::unique_ptr<ports::Bus> open_bus() { return process::make_process_bus(); }

std::unique_ptr<ports::Database> open_new_postgres() {
    return postgres::open_postgres({.url = PostgresServer::shared().create_database()}, kClock);
}

}  // namespace engram::testing
