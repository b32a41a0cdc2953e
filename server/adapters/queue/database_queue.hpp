// The queue in tables of the database that the changes are in.
#pragma once

#include <memory>

#include "ports/database.hpp"
#include "ports/queue.hpp"
#include "ports/random.hpp"

namespace engram::queue {

// To be run before the queue is used.
std::vector<ports::Migration> migrations();

// The database and the randomness must outlive it.
std::unique_ptr<ports::Queue> make_database_queue(ports::Database& database, ports::Random& random);

}  // namespace engram::queue
