#include "modules/memory/memory_jobs.hpp"

#include "modules/memory/outbox.hpp"

namespace engram::memory {
namespace {

constexpr std::chrono::hours kDaily{24};

}  // namespace

void put_markdown_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner, base::Time due) {
    queue.put(tx, {.kind = kMarkdownKind, .owner = owner, .key = "files", .due = due});
}

std::vector<jobs::JobKind> job_kinds(MemoryService& memories, MarkdownFiles& markdown, user::UserService& users) {
    const auto empty_trash = [&memories, &users](const ports::Job&, const std::stop_token& stop) {
        for (const base::Uuid& owner : users.everybody()) {
            jobs::end_if_stopped(stop);
            memories.empty_expired_trash(owner);
        }
    };
    const auto prepare_months = [&memories](const ports::Job&, const std::stop_token&) { memories.prepare_months(); };
    const auto write_files = [&markdown](const ports::Job& job, const std::stop_token& stop) {
        markdown.catch_up(job.owner.value(), stop);
    };
    return {{.name = kMarkdownKind, .work = write_files, .batch = 1, .spacing = std::chrono::seconds(1)},
            {.name = "memory.trash", .work = empty_trash, .every = kDaily},
            {.name = "memory.months", .work = prepare_months, .every = kDaily}};
}

}  // namespace engram::memory
