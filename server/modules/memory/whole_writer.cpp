#include "modules/memory/whole_writer.hpp"

#include <algorithm>
#include <span>

#include "modules/memory/change_store.hpp"
#include "modules/memory/memory_policy.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/memory_writer.hpp"
#include "modules/memory/whole_memory.hpp"

namespace engram::memory {
namespace {

using ports::Transaction;

constexpr std::size_t kChunk = 32;

}  // namespace

struct WholeWriter::Prepared {
    std::vector<StoredMemory> history;    // oldest first
    std::vector<base::Time> replaced_at;  // of all but the last
    base::Hash body_hash{};
};

WholeWriter::Prepared WholeWriter::prepare(const Actor& actor, const base::Uuid& import_id,
                                           const ExportedMemory& exported, TextLanguage& languages) {
    WholeMemory whole = parse_whole_memory(exported.line);
    whole.id = exported.id;
    check_created_at(whole.created_at, clock_.now());
    Prepared prepared{.history = history_of(whole, actor.author), .replaced_at = {}};
    prepared.body_hash = base::hash_text(exported.line);
    for (const WholeVersion& version : whole.versions) prepared.replaced_at.push_back(version.replaced_at);
    for (StoredMemory& stored : prepared.history) {
        stored.memory.security_level = allowed_level(actor, stored.memory.classification);
        stored.memory.import_id = import_id;
        stored.language = languages.of(*stored.memory.content);
    }
    store::ensure_month(database_, whole.created_at);
    return prepared;
}

// What it said at first is stored, and what has become of it follows, as it did there.
CreateOutcome WholeWriter::store_one(Transaction& tx, const base::Uuid& owner, const Prepared& prepared,
                                     std::int64_t epoch) {
    const StoredMemory& first = prepared.history.front();
    if (const auto head = store::find_head(tx, owner, first.memory.id)) {
        auto there = store::find_stored(tx, owner, first.memory.id);
        if (!there) return id_deleted();
        if (there->memory.import_id != first.memory.import_id) return id_taken();
        return Created{std::move(there->memory), false};
    }
    Created created{prepared.history.back().memory, true};
    created.memory.revision = store::insert(tx, owner, {first.memory, prepared.body_hash, first.language}, epoch);
    for (std::size_t i = 1; i < prepared.history.size(); ++i) {
        store::set_version(tx, owner, prepared.history[i - 1]);
        store::keep_version(tx, owner, prepared.history[i - 1], prepared.replaced_at[i - 1], 0);
        StoredMemory next = prepared.history[i];
        next.memory.trashed_at.value.reset();
        created.memory.revision = store::update(tx, owner, next, {});
    }
    if (prepared.history.back().memory.trashed_at.value)
        created.memory.revision = store::update(tx, owner, prepared.history.back(), {.memories = -1, .trash = 1});
    return created;
}

std::vector<CreateOutcome> WholeWriter::take_in(const Actor& actor, const base::Uuid& import_id,
                                                const std::vector<ExportedMemory>& memories) {
    std::vector<CreateOutcome> outcomes(memories.size());
    std::vector<std::pair<std::size_t, Prepared>> good;
    TextLanguage languages(index_, users_, actor.owner);
    for (std::size_t i = 0; i < memories.size(); ++i) {
        try {
            good.emplace_back(i, prepare(actor, import_id, memories[i], languages));
        } catch (const base::Error& error) {
            if (error.code() == base::Code::kUnavailable) throw;  // the database is away: for all of them, try again
            outcomes[i] = error;
        }
    }
    const std::int64_t epoch = new_epoch(random_);
    for (std::size_t from = 0; from < good.size(); from += kChunk) {
        const auto chunk = std::span(good).subspan(from, std::min(kChunk, good.size() - from));
        outbox_.write(actor.owner, [&](Transaction& tx) {
            for (const auto& [place, prepared] : chunk) outcomes[place] = store_one(tx, actor.owner, prepared, epoch);
            return true;
        });
    }
    return outcomes;
}

}  // namespace engram::memory
