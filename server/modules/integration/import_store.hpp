// All SQL of imports; the owner's id is in every statement.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "modules/integration/integration.hpp"
#include "ports/database.hpp"
#include "ports/object_store.hpp"

namespace engram::integration {

struct ImportRow {
    Import import;
    std::string asked_format, asked_date_order;  // empty: found out
    std::int64_t level = 1;                      // what whoever asked for it may write
};

// A message that an import has seen first.
struct Claim {
    base::Uuid fingerprint, import_id, memory_id;
    std::int64_t revision = 0;  // 0: not stored yet
};

// Where a person's uploads lie among the objects, each under the id of its import.
std::string uploads_of(const base::Uuid& owner);
void remove_uploads(ports::ObjectStore& objects, const base::Uuid& owner);

namespace store {

using ports::Transaction;

std::vector<ports::Migration> migrations();

void insert(Transaction& tx, const base::Uuid& owner, const ImportRow& row);
std::optional<ImportRow> find(Transaction& tx, const base::Uuid& owner, const base::Uuid& id);
std::vector<Import> list(Transaction& tx, const base::Uuid& owner, std::int64_t limit);

// Writes all that may change. False: its state is no more `if_state`.
bool update(Transaction& tx, const base::Uuid& owner, const ImportRow& row, std::string_view if_state);

// False: its state is no more `if_state`.
bool erase(Transaction& tx, const base::Uuid& owner, const base::Uuid& id, std::string_view if_state);

// Claims each message for its import, unless another has it, and gives who has them, in that order.
std::vector<Claim> claim(Transaction& tx, const base::Uuid& owner, std::span<const Claim> wanted);
void settle(Transaction& tx, const base::Uuid& owner, std::span<const Claim> stored);
std::optional<base::Uuid> memory_of(Transaction& tx, const base::Uuid& owner, const base::Uuid& fingerprint);

std::vector<Claim> claims_of(Transaction& tx, const base::Uuid& owner, const base::Uuid& import_id, std::int64_t limit);
// Up to `limit` claims; how many there were. Once there are none, the imports go too.
std::int64_t erase_some(Transaction& tx, const base::Uuid& owner, std::int64_t limit);
void forget(Transaction& tx, const base::Uuid& owner, std::span<const Claim> claims);

}  // namespace store
}  // namespace engram::integration
