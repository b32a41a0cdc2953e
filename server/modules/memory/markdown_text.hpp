// A month of memories as Markdown that people and Obsidian read. A pure function of the rows.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "modules/memory/memory.hpp"

namespace engram::memory {

// The month of a memory where it was told: by its own offset from UTC.
std::chrono::year_month month_of(const Memory& memory);

// "2026-11".
std::string text_of(std::chrono::year_month month);

// The whole file of one class and month; `memories` are all of it, in order of created_at and id. What is above level 1
// is a line that says no more than that something is there.
std::string markdown_of(std::string_view classification, std::chrono::year_month month,
                        std::span<const Memory> memories);

// Text as it was told, so that nothing in it ends, hides or heads what stands after it: headings, rules, comments, HTML
// and anchors are escaped, fences are closed.
std::string markdown_block(std::string_view text);

}  // namespace engram::memory
