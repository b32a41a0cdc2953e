#include "modules/memory/memory_jobs.hpp"

#include <functional>

#include "modules/memory/outbox.hpp"

namespace engram::memory {
namespace {

constexpr std::chrono::hours kDaily{24};

// When to look again whether a model that is being loaded is ready, and whether one that is away has come back.
constexpr std::chrono::seconds kModelWait{1}, kModelAway{15};
constexpr std::chrono::minutes kModelLook{10};  // whatever became of that

// Another job for what is left, behind those of others.
void embed_more(const JobParts& parts, const base::Uuid& owner) {
    parts.database.write(owner, [&](ports::Transaction& tx) { put_vectors_job(parts.queue, tx, owner); });
    parts.queue.wake(kVectorsKind, parts.clock.now());
}

// The same at the end of the next `wait` that begins. A job of its own for each, as one that is put again while it is
// done is due at once; whoever else waits for that moment waits in the same.
void embed_later(const JobParts& parts, const base::Uuid& owner, std::chrono::seconds wait) {
    const auto waits = std::chrono::ceil<std::chrono::seconds>(parts.clock.now().time_since_epoch()) / wait + 2;
    const base::Time due{waits * wait};
    const std::string key = "vectors " + std::to_string(due.time_since_epoch().count());
    parts.database.write(owner, [&](ports::Transaction& tx) {
        parts.queue.put(tx, {.kind = kVectorsKind, .owner = owner, .key = key, .due = due});
    });
    parts.queue.wake(kVectorsKind, due);
}

void embed(const JobParts& parts, const base::Uuid& owner, const std::stop_token& stop) {
    switch (parts.meanings.catch_up(owner, stop, [&] { parts.memories.follow(owner); })) {
        case Meanings::CaughtUp::kYes:
            return;
        case Meanings::CaughtUp::kMore:
            return embed_more(parts, owner);
        case Meanings::CaughtUp::kSoon:
            return embed_later(parts, owner, kModelWait);
        case Meanings::CaughtUp::kLater:
            return embed_later(parts, owner, kModelAway);
    }
}

void for_everybody(const JobParts& parts, const std::stop_token& stop,
                   const std::function<void(const base::Uuid& owner)>& act) {
    for (const base::Uuid& owner : parts.users.everybody()) {
        jobs::end_if_stopped(stop);
        act(owner);
    }
}

// Who has memories that wait for a model which was away, or which is new.
void look_for_pending(const JobParts& parts, const std::stop_token& stop) {
    for_everybody(parts, stop, [&](const base::Uuid& owner) {
        if (parts.meanings.pending(owner) > 0) embed_more(parts, owner);
    });
}

// What a model made nothing of: it may be mended by now.
void try_refused_again(const JobParts& parts, const std::stop_token& stop) {
    for_everybody(parts, stop, [&](const base::Uuid& owner) {
        if (parts.meanings.try_refused_again(owner)) embed_more(parts, owner);
    });
}

}  // namespace

void put_markdown_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner, base::Time due) {
    queue.put(tx, {.kind = kMarkdownKind, .owner = owner, .key = "files", .due = due});
}

void put_vectors_job(ports::Queue& queue, ports::Transaction& tx, const base::Uuid& owner) {
    queue.put(tx, {.kind = kVectorsKind, .owner = owner, .key = "vectors"});
}

std::vector<jobs::JobKind> job_kinds(const JobParts& parts) {
    const auto empty_trash = [parts](const ports::Job&, const std::stop_token& stop) {
        for_everybody(parts, stop, [&](const base::Uuid& owner) { parts.memories.empty_expired_trash(owner); });
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
    if (!parts.meanings.has_models()) return kinds;
    const auto again = [parts](const ports::Job&, const std::stop_token& stop) { try_refused_again(parts, stop); };
    kinds.push_back({.name = "memory.vectors_look", .work = look, .every = kModelLook});
    kinds.push_back({.name = "memory.vectors_again", .work = again, .every = kDaily});
    return kinds;
}

}  // namespace engram::memory
