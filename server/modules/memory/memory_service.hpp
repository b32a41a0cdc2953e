// The memory service over its ports.
#pragma once

#include <memory>

#include "modules/memory/entry_reader.hpp"
#include "modules/memory/meanings.hpp"
#include "modules/memory/memory.hpp"
#include "modules/user/user.hpp"
#include "ports/bus.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/queue.hpp"
#include "ports/random.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

struct MemoryParts {
    ports::Database& database;
    ports::SearchIndex& index;
    ports::Queue& queue;
    ports::Bus& bus;
    user::UserService& users;
    Meanings& meanings;
    EntryReader& entries;
    ports::Clock& clock;
    ports::Random& random;
};

// What it is made of must outlive the service.
std::unique_ptr<MemoryService> make_memory_service(const MemoryParts& parts);

}  // namespace engram::memory
