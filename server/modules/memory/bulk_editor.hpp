// How many memories are changed or deleted at once, and that taken back.
#pragma once

#include <span>
#include <vector>

#include "modules/memory/memory.hpp"
#include "modules/memory/memory_finder.hpp"
#include "modules/memory/outbox.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/random.hpp"

namespace engram::memory {

// The ports must outlive the editor. Any thread. Each call as MemoryService says.
class BulkEditor {
public:
    BulkEditor(Outbox& outbox, ports::Database& database, MemoryFinder& finder, ports::Clock& clock,
               ports::Random& random)
        : outbox_(outbox), database_(database), finder_(finder), clock_(clock), random_(random) {}

    BulkResult change(const Actor& actor, const BulkChange& change);
    std::optional<std::int64_t> undo(const Actor& actor, const base::Uuid& undo_id);

private:
    std::vector<base::Uuid> matching(const base::Uuid& owner, const MemoryFilter& filter);
    base::Time now() const;

    Outbox& outbox_;
    ports::Database& database_;
    MemoryFinder& finder_;
    ports::Clock& clock_;
    ports::Random& random_;
};

}  // namespace engram::memory
