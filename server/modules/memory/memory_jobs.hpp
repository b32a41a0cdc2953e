// What the memory module does after an answer, and every day.
#pragma once

#include <vector>

#include "jobs/job_kind.hpp"
#include "modules/memory/markdown_files.hpp"
#include "modules/memory/memory.hpp"
#include "modules/user/user.hpp"

namespace engram::memory {

// The person's Markdown files are looked at: whether they tell what the database does.
void put_markdown_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner, base::Time due);

// What is handed over must outlive the kinds.
std::vector<jobs::JobKind> job_kinds(MemoryService& memories, MarkdownFiles& markdown, user::UserService& users);

}  // namespace engram::memory
