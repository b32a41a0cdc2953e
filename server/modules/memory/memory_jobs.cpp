#include "modules/memory/memory_jobs.hpp"

#include "modules/memory/outbox.hpp"

namespace engram::memory {
namespace {

constexpr std::chrono::hours kDaily{24};

// A model that is not ready is waited for; one that is gone for longer is looked for again so often.
constexpr std::chrono::seconds kModelWait{1};
constexpr std::chrono::minutes kModelLook{10};

// Another job for what is left, behind those of others.
void embed_more(const JobParts& parts, const base::Uuid& owner, std::chrono::seconds wait) {
    const base::Time due = parts.clock.now() + wait;
    parts.database.write(owner, [&](ports::Transaction& tx) { put_vectors_job(parts.queue, tx, owner, due); });
    parts.queue.wake(kVectorsKind, due);
}

void embed(const JobParts& parts, const base::Uuid& owner, const std::stop_token& stop) {
    switch (parts.meanings.catch_up(owner, stop)) {
        case Meanings::CaughtUp::kYes:
            return;
        case Meanings::CaughtUp::kMore:
            return embed_more(parts, owner, std::chrono::seconds(0));
        case Meanings::CaughtUp::kLater:
            if (parts.meanings.is_loading()) embed_more(parts, owner, kModelWait);
            return;
    }
}

// Who has memories that wait for a model which was away, or which is new.
void look_for_pending(const JobParts& parts, const std::stop_token& stop) {
    for (const base::Uuid& owner : parts.users.everybody()) {
        jobs::end_if_stopped(stop);
        if (parts.meanings.pending(owner) > 0) embed_more(parts, owner, std::chrono::seconds(0));
    }
}

}  // namespace

void put_markdown_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner, base::Time due) {
    queue.put(tx, {.kind = kMarkdownKind, .owner = owner, .key = "files", .due = due});
}

void put_vectors_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner,
                     std::optional<base::Time> due) {
    queue.put(tx, {.kind = kVectorsKind, .owner = owner, .key = "vectors", .due = due});
}

std::vector<jobs::JobKind> job_kinds(const JobParts& parts) {
    const auto empty_trash = [parts](const ports::Job&, const std::stop_token& stop) {
        for (const base::Uuid& owner : parts.users.everybody()) {
            jobs::end_if_stopped(stop);
            parts.memories.empty_expired_trash(owner);
        }
    };
    const auto prepare_months = [parts](const ports::Job&, const std::stop_token&) { parts.memories.prepare_months(); };
    const auto write_files = [parts](const ports::Job& job, const std::stop_token& stop) {
        if (parts.users.find(job.owner.value())) parts.markdown.catch_up(job.owner.value(), stop);
    };
    const auto make_vectors = [parts](const ports::Job& job, const std::stop_token& stop) {
        embed(parts, job.owner.value(), stop);
    };
    const auto look = [parts](const ports::Job&, const std::stop_token& stop) { look_for_pending(parts, stop); };
    std::vector<jobs::JobKind> kinds{
        {.name = kMarkdownKind, .work = write_files, .batch = 1, .spacing = std::chrono::seconds(1)},
        {.name = kVectorsKind,
         .work = make_vectors,
         .batch = 1,
         .attempts_max = jobs::kNeverGivenUp},  // a service that is away comes back
        {.name = "memory.trash", .work = empty_trash, .every = kDaily},
        {.name = "memory.months", .work = prepare_months, .every = kDaily}};
    if (parts.meanings.has_models())
        kinds.push_back({.name = "memory.vectors_look", .work = look, .every = kModelLook});
    return kinds;
}

}  // namespace engram::memory
