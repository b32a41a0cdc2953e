// How a memory that is stored is changed, deleted and brought back.
#pragma once

#include "modules/memory/change_store.hpp"
#include "modules/memory/memory.hpp"
#include "modules/memory/outbox.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// The ports must outlive the editor. Any thread. Each call as MemoryService says.
class MemoryEditor {
public:
    MemoryEditor(Outbox& outbox, ports::Database& database, ports::SearchIndex& index, ports::Clock& clock,
                 user::UserService& users)
        : outbox_(outbox), database_(database), index_(index), clock_(clock), users_(users) {}

    std::optional<Changed> change(const Actor& actor, const base::Uuid& id, MemoryChange change,
                                  const IfRevision& only_if);
    bool trash(const Actor& actor, const base::Uuid& id);
    bool purge(const Actor& actor, const base::Uuid& id);
    std::int64_t take_back(const Actor& actor, const base::Uuid& import_id, const std::vector<StoredOnce>& memories);
    void empty_expired_trash(const base::Uuid& owner);
    std::optional<Memory> restore(const Actor& actor, const base::Uuid& id, std::optional<std::int64_t> version);
    std::optional<std::vector<Version>> versions(const Actor& actor, const base::Uuid& id);

private:
    base::Time now() const;

    Outbox& outbox_;
    ports::Database& database_;
    ports::SearchIndex& index_;
    ports::Clock& clock_;
    user::UserService& users_;
};

}  // namespace engram::memory
