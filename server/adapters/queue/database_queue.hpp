// The queue in tables of the database that the changes are in.
#pragma once

#include <memory>

#include "ports/bus.hpp"
#include "ports/database.hpp"
#include "ports/queue.hpp"
#include "ports/random.hpp"

namespace engram::queue {

// To be run before the queue is used.
std::vector<ports::Migration> migrations();

// What it is made of must outlive it. By the bus, topic "jobs", other processes on the database are told of what was
// put; whoever sets on_wake() anew does so while the bus is stopped.
std::unique_ptr<ports::Queue> make_database_queue(ports::Database& database, ports::Bus& bus, ports::Random& random);

}  // namespace engram::queue
