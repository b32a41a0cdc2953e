// The SQL of the Markdown files; the owner's id is in every statement.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "modules/memory/memory.hpp"
#include "ports/database.hpp"

namespace engram::memory::store {

struct ChangedAt {
    std::int64_t revision = 0;
    base::Uuid id;
    base::Time created_at{};
};
// Of what has changed after a revision, gone or not, in that order.
std::vector<ChangedAt> changed_after(ports::Transaction& tx, const base::Uuid& owner, std::int64_t revision,
                                     std::int64_t limit);

// One that has changed, as a file shows it; nothing: it is in the trash, or gone.
std::optional<Memory> find_shown(ports::Transaction& tx, const base::Uuid& owner, const ChangedAt& changed);

// What was created in [from, to) and is not in the trash, by created_at and id. Only what a file shows is read.
std::vector<Memory> created_between(ports::Transaction& tx, const base::Uuid& owner, base::Time from, base::Time to);

}  // namespace engram::memory::store
