// The memory service over its ports.
#pragma once

#include <memory>

#include "modules/memory/memory.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/random.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// The ports must outlive the service.
std::unique_ptr<MemoryService> make_memory_service(ports::Database& database, ports::SearchIndex& index,
                                                   ports::Clock& clock, ports::Random& random);

}  // namespace engram::memory
