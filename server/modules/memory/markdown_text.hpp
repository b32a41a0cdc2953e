// A month of memories as Markdown that people and Obsidian read. A pure function of the rows.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "modules/memory/memory.hpp"

namespace engram::memory {

// The month of a memory where it was told: by its own offset from UTC.
std::chrono::year_month month_of(const Memory& memory);

// "2026-11".
std::string text_of(std::chrono::year_month month);

// The day there.
std::chrono::sys_days local_day_of(const Memory& memory);

// What a file of one class and month is made of: its head, and each memory under the heading of its day. What is above
// level 1 is a line that says no more than that something is there; an answer links to what stands in the same file.
std::string markdown_head(std::string_view classification, std::chrono::year_month month, std::size_t memories);
void append_day(std::string& out, std::chrono::sys_days day);
void append_memory(std::string& out, const Memory& memory, bool is_answer_to_here);

// Text as it was told, so that nothing in it ends, hides or heads what stands after it: headings, rules, comments, HTML
// and anchors are escaped, fences are closed.
std::string markdown_block(std::string_view text);

}  // namespace engram::memory
