// The bus between the processes on one PostgreSQL: LISTEN and NOTIFY on one channel of the database.
#pragma once

#include <memory>

#include "adapters/postgres/postgres_database.hpp"
#include "ports/bus.hpp"
#include "ports/random.hpp"

namespace engram::postgres {

// Has two connections of its own and a thread for each, which connect once it is started, and again where the server
// was away; words wait for that. The schema must be there: it connects as the application. Of the options the URL
// counts. stop() sends what waits where the server takes it, and lasts as long as an attempt to connect at the most.
std::unique_ptr<ports::Bus> make_postgres_bus(const PostgresOptions& options, ports::Random& random);

}  // namespace engram::postgres
