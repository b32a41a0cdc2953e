// Between a row of memory_entries and a Memory.
#pragma once

#include <string>
#include <vector>

#include "modules/memory/memory.hpp"
#include "ports/database.hpp"

namespace engram::memory {

// Reads the columns that the store selects, in its order.
Memory memory_of(const ports::Row& row);

// JSON arrays as they are stored.
std::string json_of_texts(const std::vector<std::string>& texts);
std::string json_of_ids(const std::vector<base::Uuid>& ids);

}  // namespace engram::memory
