// Between a row of memory_entries and a Memory.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "modules/memory/memory.hpp"
#include "ports/database.hpp"
#include "ports/table.hpp"

namespace engram::memory {

// A memory and the language its text is in.
struct FoundEntry {
    Memory memory;
    std::string language;
};

// Read the columns that the store selects, in its order.
Memory memory_of(const ports::Row& row);
FoundEntry found_entry_of(const ports::Row& row);

// The types of those columns.
std::span<const ports::ColumnType> entry_columns();

// JSON arrays as they are stored.
std::vector<std::string> texts_of_json(std::string_view json);
std::string json_of_texts(const std::vector<std::string>& texts);
std::string json_of_ids(const std::vector<base::Uuid>& ids);

}  // namespace engram::memory
