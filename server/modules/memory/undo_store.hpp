// The SQL of taking back a change of many memories; the owner's id is in every statement.
#pragma once

#include <optional>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "ports/database.hpp"

namespace engram::memory {

// One memory of a change: `version` is what it was; nothing where it went into the trash.
struct UndoItem {
    base::Uuid memory_id;
    std::int64_t revision = 0;
    std::optional<std::int64_t> version;
};

namespace store {

// Also forgets those that were made before `forget`.
void begin_undo(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& id, base::Time now,
                base::Time forget);
void add_undo_item(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& undo_id, const UndoItem& item);

// Nothing where there is no such change; empty where it has been taken back.
std::optional<std::vector<UndoItem>> undo_items(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& id);
void drop_undo_item(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& undo_id,
                    const base::Uuid& memory_id);

}  // namespace store
}  // namespace engram::memory
