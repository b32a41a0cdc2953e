// Errors of libpq as base::Error; their codes as ports/database.hpp says. Internal.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "base/error.hpp"

namespace engram::postgres {

// Of a result that is an error. `writing`: a server that takes no writes is away, not wrongly asked.
base::Error to_error(const PGresult* result, std::string_view sql, bool writing);

// Of a connection that is gone or could not be made.
base::Error lost(const PGconn* connection);

// kUnavailable, to be tried again in a second.
base::Error unavailable(std::string detail);

// The server ended a transaction for the sake of another one (serialization failure, deadlock).
bool may_be_run_again(const PGresult* result);

// What was prepared is not good any more (the schema has changed): the connection must be made anew.
bool has_stale_plans(const PGresult* result);

}  // namespace engram::postgres
