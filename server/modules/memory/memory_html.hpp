// A month of memories as a page to read in any browser, without engram. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "modules/memory/memory.hpp"

namespace engram::memory {

// The page up to its first memory, and after its last.
std::string html_head(std::string_view title);
std::string_view html_foot();

// One memory; nothing in it is taken as markup.
std::string html_of(const Memory& memory);

}  // namespace engram::memory
