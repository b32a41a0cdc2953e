// The opaque cursor of GET /memories/: the place of the last memory of a page.
#pragma once

#include <string>
#include <string_view>

#include "modules/memory/memory_store.hpp"

namespace engram::memory {

std::string write_cursor(const ListPlace& place);

// Throws kInvalid for a text that write_cursor did not give.
ListPlace read_cursor(std::string_view cursor);

// Before everything: where the first page starts.
ListPlace newest_place();

}  // namespace engram::memory
