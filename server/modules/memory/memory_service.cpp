#include "modules/memory/memory_service.hpp"

#include <algorithm>

#include "modules/memory/bulk_editor.hpp"
#include "modules/memory/feed_store.hpp"
#include "modules/memory/memory_editor.hpp"
#include "modules/memory/memory_finder.hpp"
#include "modules/memory/memory_lister.hpp"
#include "modules/memory/memory_policy.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/memory_writer.hpp"
#include "modules/memory/synonym_store.hpp"
#include "modules/memory/synonyms.hpp"
#include "modules/memory/whole_writer.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kSyncPage = 500;

base::Error sync_reset() {
    base::Error error(base::Code::kConflict,
                      "This server's history is another one than the client knows. Start over with since=0.");
    error.type = "sync-reset";
    return error;
}

Change change_of(const Actor& actor, store::FeedRow&& row) {
    Change change;
    if (row.memory) {
        change.memory.value = std::move(row.memory);
        withhold_from(actor, *change.memory.value);
    } else {
        change.id.value = row.id;
        change.deleted.value = true;
        change.revision.value = row.revision;
    }
    return change;
}

class Service final : public MemoryService {
public:
    explicit Service(const MemoryParts& parts)
        : database_(parts.database),
          meanings_(parts.meanings),
          outbox_(parts.database, parts.queue, parts.bus, parts.clock, parts.meanings.has_models()),
          writer_(outbox_, parts.database, parts.index, parts.clock, parts.random, parts.users),
          whole_writer_(outbox_, parts.database, parts.index, parts.clock, parts.random, parts.users),
          editor_(outbox_, parts.database, parts.index, parts.clock, parts.users),
          finder_(parts.database, parts.index, parts.entries, parts.users, parts.meanings, parts.clock),
          lister_(parts.database, finder_, parts.entries, parts.clock),
          bulk_(outbox_, parts.database, finder_, parts.clock, parts.random) {}

    Created create(const Actor& actor, NewMemory memory) override { return writer_.create(actor, std::move(memory)); }

    std::vector<CreateOutcome> create_many(const Actor& actor, std::vector<NewMemory> memories) override {
        return writer_.create_many(actor, std::move(memories));
    }

    std::optional<Memory> find(const Actor& actor, const base::Uuid& id) override {
        std::optional<Memory> memory;
        database_.read(actor.owner, [&](ports::Transaction& tx) { memory = store::find(tx, actor.owner, id); });
        if (memory) withhold_from(actor, *memory);
        return memory;
    }

    std::optional<Changed> change(const Actor& actor, const base::Uuid& id, MemoryChange change,
                                  const IfRevision& only_if) override {
        return editor_.change(actor, id, std::move(change), only_if);
    }
    bool trash(const Actor& actor, const base::Uuid& id) override { return editor_.trash(actor, id); }
    bool purge(const Actor& actor, const base::Uuid& id) override { return editor_.purge(actor, id); }
    void empty_expired_trash(const base::Uuid& owner) override { editor_.empty_expired_trash(owner); }
    std::vector<CreateOutcome> take_in(const Actor& actor, const base::Uuid& import_id,
                                       const std::vector<ExportedMemory>& memories) override {
        return whole_writer_.take_in(actor, import_id, memories);
    }
    std::int64_t take_back(const Actor& actor, const base::Uuid& import_id,
                           const std::vector<StoredOnce>& memories) override {
        return editor_.take_back(actor, import_id, memories);
    }
    void prepare_months() override { writer_.prepare_months(); }
    std::optional<Memory> restore(const Actor& actor, const base::Uuid& id,
                                  std::optional<std::int64_t> version) override {
        return editor_.restore(actor, id, version);
    }
    BulkResult change_many(const Actor& actor, const BulkChange& change) override {
        return bulk_.change(actor, change);
    }
    std::optional<std::int64_t> undo(const Actor& actor, const base::Uuid& undo_id) override {
        return bulk_.undo(actor, undo_id);
    }
    std::optional<std::vector<Version>> versions(const Actor& actor, const base::Uuid& id) override {
        return editor_.versions(actor, id);
    }

    SearchPage search(const Actor& actor, const SearchQuery& query) override;
    void follow(const base::Uuid& owner) override { finder_.follow(owner); }
    Synonyms synonyms(const Actor& actor) override;
    Synonyms set_synonyms(const Actor& actor, Synonyms synonyms) override;
    void add_synonyms(const Actor& actor, const WordFamilies& more) override;

    ListPage list(const Actor& actor, const ListQuery& query) override;
    Status status(const Actor& actor) override;
    SyncPage sync(const Actor& actor, std::int64_t since, std::optional<std::int64_t> epoch) override;

private:
    PersonState state_of(const base::Uuid& owner);

    ports::Database& database_;
    Meanings& meanings_;
    Outbox outbox_;
    MemoryWriter writer_;
    WholeWriter whole_writer_;
    MemoryEditor editor_;
    MemoryFinder finder_;
    MemoryLister lister_;
    BulkEditor bulk_;
};

// The owner's state; written down where there is none yet, so that the epoch a client is told stays.
PersonState Service::state_of(const base::Uuid& owner) {
    std::optional<PersonState> state;
    const auto look = [&](ports::Transaction& tx) { state = store::find_state(tx, owner); };
    database_.read(owner, look);
    if (state) return *state;
    const std::int64_t epoch = writer_.new_epoch();
    database_.write(owner, [&](ports::Transaction& tx) {
        store::insert_state(tx, owner, epoch);
        look(tx);
    });
    return state.value();
}

SearchPage Service::search(const Actor& actor, const SearchQuery& query) {
    SearchPage page = finder_.search(actor, query);
    meanings_.look_at(actor.owner, page.results);
    return page;
}

ListPage Service::list(const Actor& actor, const ListQuery& query) {
    ListPage page = lister_.list(actor, query);
    if (!query.trash) meanings_.look_at(actor.owner, page.memories);
    return page;
}

Status Service::status(const Actor& actor) {
    const PersonState state = state_of(actor.owner);
    return {.memories = state.memory_count,
            .pending = meanings_.pending(actor.owner),
            .revision = state.revision,
            .epoch = state.epoch};
}

SyncPage Service::sync(const Actor& actor, std::int64_t since, std::optional<std::int64_t> epoch) {
    SyncPage page{.changes = {}, .revision = since};
    page.epoch = state_of(actor.owner).epoch;
    std::vector<store::FeedRow> rows;
    database_.read(actor.owner, [&](ports::Transaction& tx) {
        page.latest = store::find_state(tx, actor.owner).value_or(PersonState{}).revision;
        rows = store::read_feed(tx, actor.owner, since, kSyncPage);
    });
    page.changes.reserve(rows.size());
    for (store::FeedRow& row : rows) {
        page.revision = row.revision;
        page.changes.push_back(change_of(actor, std::move(row)));
    }
    if (since > page.latest || (epoch && *epoch != page.epoch)) throw sync_reset();
    if (std::ssize(page.changes) < kSyncPage) page.revision = page.latest;
    page.more = page.revision < page.latest;
    return page;
}

Synonyms Service::synonyms(const Actor& actor) {
    Synonyms synonyms;
    database_.read(actor.owner,
                   [&](ports::Transaction& tx) { synonyms.families = store::find_synonyms(tx, actor.owner); });
    return synonyms;
}

Synonyms Service::set_synonyms(const Actor& actor, Synonyms synonyms) {
    tidy_up(synonyms.families);
    const std::string families = json_of(synonyms.families);
    database_.write(actor.owner, [&](ports::Transaction& tx) {
        if (synonyms.families.empty())
            store::erase_synonyms(tx, actor.owner);
        else
            store::set_synonyms(tx, actor.owner, families);
    });
    return synonyms;
}

void Service::add_synonyms(const Actor& actor, const WordFamilies& more) {
    database_.write(actor.owner, [&](ports::Transaction& tx) {
        store::set_synonyms(tx, actor.owner, json_of(with_more(store::find_synonyms(tx, actor.owner), more)));
    });
}

}  // namespace

std::unique_ptr<MemoryService> make_memory_service(const MemoryParts& parts) {
    return std::make_unique<Service>(parts);
}

}  // namespace engram::memory
