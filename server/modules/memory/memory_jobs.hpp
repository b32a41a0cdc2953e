// What the memory module does after an answer, and every day.
#pragma once

#include <vector>

#include "jobs/job_kind.hpp"
#include "modules/memory/markdown_files.hpp"
#include "modules/memory/memory.hpp"
#include "modules/user/user.hpp"

namespace engram::memory {

// What is handed over must outlive the kinds.
std::vector<jobs::JobKind> job_kinds(MemoryService& memories, MarkdownFiles& markdown, user::UserService& users);

}  // namespace engram::memory
