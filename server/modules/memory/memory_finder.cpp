#include "modules/memory/memory_finder.hpp"

#include "modules/memory/excerpt.hpp"
#include "modules/memory/feed_store.hpp"
#include "modules/memory/list_cursor.hpp"
#include "modules/memory/memory_filter.hpp"
#include "modules/memory/memory_policy.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kFeedPage = 500;

std::string searchable_text(const Memory& memory) {
    std::string text = *memory.content;
    for (const std::string& more :
         {memory.title.value_or(""), memory.context.value_or(""), author_name(memory.metadata)})
        if (!more.empty()) (text += '\n') += more;
    for (const std::string& tag : *memory.tags) (text += '\n') += tag;
    return text;
}

ports::IndexChange change_of(store::FeedRow&& row) {
    ports::IndexChange change{.id = row.id, .revision = row.revision, .deleted = !row.memory};
    if (!row.memory) return change;
    change.created_at = row.memory->created_at;
    change.text = searchable_text(*row.memory);
    change.language = std::move(row.language);
    change.marks = marks_of(*row.memory);
    change.category = std::move(row.memory->classification);
    change.source = std::move(row.memory->source);
    return change;
}

ports::IndexQuery query_of(const SearchQuery& query) {
    return {.text = query.query,
            .phrases = {},
            .excluded = {},
            .synonyms = {},
            .filter = index_filter(query),
            .limit = static_cast<int>(query.limit),
            .offset = static_cast<int>(query.offset)};
}

}  // namespace

void MemoryFinder::feed(const base::Uuid& owner, std::int64_t after, const ports::SearchIndex::Apply& apply) {
    std::vector<store::FeedRow> page;
    do {
        database_.read(owner, [&](ports::Transaction& tx) { page = store::read_feed(tx, owner, after, kFeedPage); });
        for (store::FeedRow& row : page) {
            after = row.revision;
            apply(change_of(std::move(row)));
        }
    } while (std::ssize(page) == kFeedPage);
}

PersonState MemoryFinder::state_of(const base::Uuid& owner) {
    PersonState state;
    database_.read(owner,
                   [&](ports::Transaction& tx) { state = store::find_state(tx, owner).value_or(PersonState{}); });
    return state;
}

MemoryFinder::Places MemoryFinder::list(const base::Uuid& owner, const MemoryFilter& filter,
                                        const std::optional<ListPlace>& before, std::size_t limit, std::size_t offset) {
    const PersonState state = state_of(owner);
    const auto feed_of_owner = [&](std::int64_t after, const auto& apply) { feed(owner, after, apply); };
    std::optional<ports::IndexPlace> place;
    if (before) place = ports::IndexPlace{before->created_at, before->id};
    const ports::IndexPage page =
        index_.list(owner, state.epoch, state.revision, feed_of_owner, index_filter(filter), place, limit, offset);
    Places found{.places = {}, .total = page.total};
    for (const ports::IndexPlace& one : page.places) found.places.push_back({one.created_at, one.id});
    return found;
}

// The index holds nothing of the trash, which is small: 30 days of it.
std::vector<Memory> MemoryFinder::trash(const base::Uuid& owner, const MemoryFilter& filter) {
    const ports::IndexFilter wanted = index_filter(filter);
    std::vector<Memory> found;
    ListPlace before = newest_place();
    for (std::size_t read = kFeedPage; read == kFeedPage;) {
        std::vector<Memory> page;
        database_.read(owner, [&](ports::Transaction& tx) {
            page = store::list(tx, owner, {.trash = true, .limit = kFeedPage}, before);
        });
        read = page.size();
        if (read > 0) before = {page.back().created_at, page.back().id};
        for (Memory& memory : page)
            if (passes(wanted, memory)) found.push_back(std::move(memory));
    }
    return found;
}

SearchPage MemoryFinder::search(const Actor& actor, const SearchQuery& query) {
    const std::string mode = query.mode.value_or("hybrid");
    SearchPage page;
    page.interpreted.mode = "keyword";
    if (mode != "keyword") page.degraded.push_back("semantic");
    const PersonState state = state_of(actor.owner);
    const ports::IndexQuery wanted = query_of(query);
    const auto feed_of_owner = [&](std::int64_t after, const auto& apply) { feed(actor.owner, after, apply); };
    ports::IndexAnswer answer = index_.search(actor.owner, state.epoch, state.revision, feed_of_owner, wanted);
    page.total = answer.total;
    const auto marker = index_.marker(wanted, answer.words);
    for (ports::IndexWord& word : answer.words) page.interpreted.words.push_back(std::move(word.typed));
    std::vector<ListPlace> places;
    for (const ports::IndexHit& hit : answer.hits) places.push_back({hit.created_at, hit.id});
    std::vector<FoundEntry> found;
    database_.read(actor.owner, [&](ports::Transaction& tx) { found = store::find_at(tx, actor.owner, places); });
    auto hit = answer.hits.begin();
    for (FoundEntry& entry : found) {
        while (hit->id != entry.memory.id) ++hit;  // one that has gone meanwhile
        entry.memory.relevance_score.value = hit->score;
        const auto spans = marker->mark(*entry.memory.content, entry.language);
        entry.memory.highlights.value = std::vector{excerpt(*entry.memory.content, spans)};
        withhold_from(actor, entry.memory);
        page.results.push_back(std::move(entry.memory));
    }
    return page;
}

}  // namespace engram::memory
