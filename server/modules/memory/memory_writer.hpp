// How a new memory is checked, completed and stored.
#pragma once

#include <mutex>
#include <span>
#include <vector>

#include "modules/memory/memory.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/outbox.hpp"
#include "modules/memory/text_language.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/random.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// The epoch of a history that begins: at most 2^48 + 1, so that every client's numbers hold it.
std::int64_t new_epoch(ports::Random& random);

// The id is in use, or was; nothing was changed.
base::Error id_taken();
base::Error id_deleted();

// The ports must outlive the writer. Any thread.
class MemoryWriter {
public:
    MemoryWriter(Outbox& outbox, ports::Database& database, ports::SearchIndex& index, ports::Clock& clock,
                 ports::Random& random, user::UserService& users)
        : outbox_(outbox), database_(database), index_(index), clock_(clock), random_(random), users_(users) {}

    Created create(const Actor& actor, NewMemory memory);
    void prepare_months();
    std::vector<CreateOutcome> create_many(const Actor& actor, std::vector<NewMemory> memories);

    // The epoch of an owner whose first memory is still to come.
    std::int64_t new_epoch() { return memory::new_epoch(random_); }

private:
    struct Prepared {
        Entry entry;
        bool id_is_chosen = false;
    };

    Prepared prepare(const Actor& actor, NewMemory&& memory, TextLanguage& languages);
    base::Uuid new_id(base::Time now);
    CreateOutcome store_one(ports::Transaction& tx, const base::Uuid& owner, const Prepared& prepared,
                            std::int64_t epoch);

    CreateOutcome store_reply(ports::Transaction& tx, const base::Uuid& owner, Entry entry, std::int64_t epoch);

    Outbox& outbox_;
    ports::Database& database_;
    ports::SearchIndex& index_;
    ports::Clock& clock_;
    ports::Random& random_;
    user::UserService& users_;
    std::mutex last_id_mutex_;
    base::Uuid last_id_;
};

}  // namespace engram::memory
