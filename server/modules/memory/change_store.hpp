// The SQL of what happens to a memory after it was stored; the owner's id is in every statement.
#pragma once

#include <optional>
#include <vector>

#include "modules/memory/memory.hpp"
#include "ports/database.hpp"

namespace engram::memory {

// A memory in the trash or not, with what never leaves the server.
struct StoredMemory {
    Memory memory;
    std::string language;
    std::int64_t version = 1;
};

namespace store {

// What a change adds to the counts of a person.
struct CountChange {
    int memories = 0, trash = 0;
};

std::optional<StoredMemory> find_stored(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& id);

// Writes all columns that may change, trashed_at and version included, under the owner's next revision, which is
// returned.
std::int64_t update(ports::Transaction& tx, const base::Uuid& owner, const StoredMemory& stored,
                    const CountChange& counts);

// Keeps the row as it is now under its version, and forgets versions up to `forget`.
void keep_version(ports::Transaction& tx, const base::Uuid& owner, const StoredMemory& stored, base::Time replaced_at,
                  std::int64_t forget);

// Of the row alone: which text of the memory it has.
void set_version(ports::Transaction& tx, const base::Uuid& owner, const StoredMemory& stored);

std::vector<Version> versions(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& id);
std::optional<StoredMemory> find_version(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& id,
                                         std::int64_t version);

// Row and versions; the head stays, without the hash of what it said.
void erase(ports::Transaction& tx, const base::Uuid& owner, const Memory& memory, base::Time now);

// All of up to `limit` memories, heads too; how many there were. Once there are none, what is left of the person goes.
std::int64_t erase_some(ports::Transaction& tx, const base::Uuid& owner, std::int64_t limit);

// The ids of what went into the trash before `before`, at most `limit`.
std::vector<base::Uuid> expired(ports::Transaction& tx, const base::Uuid& owner, base::Time before, std::int64_t limit);

}  // namespace store
}  // namespace engram::memory
