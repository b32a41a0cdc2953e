// How memories that were kept elsewhere are stored with all that was kept of them.
#pragma once

#include <vector>

#include "modules/memory/memory.hpp"
#include "modules/memory/outbox.hpp"
#include "modules/memory/text_language.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/random.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// The ports must outlive the writer. Any thread.
class WholeWriter {
public:
    WholeWriter(Outbox& outbox, ports::Database& database, ports::SearchIndex& index, ports::Clock& clock,
                ports::Random& random, user::UserService& users)
        : outbox_(outbox), database_(database), index_(index), clock_(clock), random_(random), users_(users) {}

    // As MemoryService::take_in.
    std::vector<CreateOutcome> take_in(const Actor& actor, const base::Uuid& import_id,
                                       const std::vector<ExportedMemory>& memories);

private:
    struct Prepared;

    Prepared prepare(const Actor& actor, const base::Uuid& import_id, const ExportedMemory& exported,
                     TextLanguage& languages);
    CreateOutcome store_one(ports::Transaction& tx, const base::Uuid& owner, const Prepared& prepared,
                            std::int64_t epoch);

    Outbox& outbox_;
    ports::Database& database_;
    ports::SearchIndex& index_;
    ports::Clock& clock_;
    ports::Random& random_;
    user::UserService& users_;
};

}  // namespace engram::memory
