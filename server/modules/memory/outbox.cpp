#include "modules/memory/outbox.hpp"

#include "modules/memory/memory_jobs.hpp"

namespace engram::memory {
namespace {

// Changes that come close after each other are told together.
constexpr std::chrono::seconds kGathering{1};

}  // namespace

void Outbox::write(const base::Uuid& owner, const std::function<bool(ports::Transaction&)>& body) {
    const base::Time due = clock_.now() + kGathering;
    bool changed = false;
    database_.write(owner, [&](ports::Transaction& tx) {
        changed = body(tx);
        if (changed) put_markdown_job(queue_, tx, owner, due);
        if (changed && vectors_) put_vectors_job(queue_, tx, owner);
    });
    if (!changed) return;
    bus_.publish(kRevisionTopic, to_string(owner));
    queue_.wake(kMarkdownKind, due);
    if (vectors_) queue_.wake(kVectorsKind, clock_.now());
}

}  // namespace engram::memory
