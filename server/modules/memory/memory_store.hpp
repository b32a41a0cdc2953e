// All SQL of the memory module; the owner's id is in every statement.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "modules/memory/memory.hpp"
#include "modules/memory/memory_row.hpp"
#include "ports/database.hpp"

namespace engram::memory {

// A memory as it is stored, with what never leaves the server.
struct Entry {
    Memory memory;
    base::Hash body_hash{};  // of what the client sent: tells a repeated request from another one
    std::string language;
};

struct PersonState {
    std::int64_t revision = 0, epoch = 0, memory_count = 0, trash_count = 0;
};

// Where a page of the list goes on: before this place.
struct ListPlace {
    base::Time created_at{};
    base::Uuid id;
};

struct Head {
    base::Uuid id;
    base::Time created_at{};
    base::Hash body_hash{};
    bool deleted = false;
};

namespace store {

using ports::Transaction;

std::vector<ports::Migration> migrations();

// Before a transaction that inserts memories of that time.
void ensure_month(ports::Database& database, base::Time created_at);

std::optional<PersonState> find_state(Transaction& tx, const base::Uuid& owner);
// Clients that know another epoch start over.
void set_epoch(Transaction& tx, const base::Uuid& owner, std::int64_t epoch);
void insert_state(Transaction& tx, const base::Uuid& owner, std::int64_t epoch);

// Writes entry and head under the owner's next revision, and returns that.
std::int64_t insert(Transaction& tx, const base::Uuid& owner, const Entry& entry, std::int64_t epoch_if_first);

std::optional<Head> find_head(Transaction& tx, const base::Uuid& owner, const base::Uuid& id);

// Also of what is gone.
std::optional<base::Time> find_created_at(Transaction& tx, const base::Uuid& owner, const base::Uuid& id);

// Nothing for what is in the trash or gone.
std::optional<Memory> find(Transaction& tx, const base::Uuid& owner, const base::Uuid& id);

// Those of `places` that are neither gone nor in the trash, in that order, each as found_entry_of() reads it.
void find_at(Transaction& tx, const base::Uuid& owner, std::span<const ListPlace> places, const ports::OnRow& on_row);
std::vector<FoundEntry> find_at(Transaction& tx, const base::Uuid& owner, std::span<const ListPlace> places);

// Newest first, all that is not in the trash, or all that is. `newest`: about when the newest was made; a wrong time
// costs time and nothing else.
struct Stretch {
    bool trash = false;
    std::int64_t limit = 0, offset = 0;
    base::Time newest{};
};
std::vector<Memory> list(Transaction& tx, const base::Uuid& owner, const Stretch& stretch, const ListPlace& before);

}  // namespace store
}  // namespace engram::memory
