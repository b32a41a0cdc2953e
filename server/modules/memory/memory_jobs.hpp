// What the memory module does after an answer, and every day.
#pragma once

#include <vector>

#include "jobs/job_kind.hpp"
#include "modules/memory/markdown_files.hpp"
#include "modules/memory/meanings.hpp"
#include "modules/memory/memory.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"

namespace engram::memory {

// The person's Markdown files are looked at: whether they tell what the database does.
void put_markdown_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner, base::Time due);

// What the person's memories mean is looked at: whether each has its vectors.
void put_vectors_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner);

// What is handed over must outlive the kinds.
struct JobParts {
    MemoryService& memories;
    MarkdownFiles& markdown;
    Meanings& meanings;
    user::UserService& users;
    ports::Database& database;
    ports::Queue& queue;
    const ports::Clock& clock;
};
std::vector<jobs::JobKind> job_kinds(const JobParts& parts);

}  // namespace engram::memory
