#include "modules/memory/memory_lister.hpp"

#include <algorithm>

#include "modules/memory/list_cursor.hpp"
#include "modules/memory/memory_policy.hpp"

namespace engram::memory {
namespace {

// Rows that are passed over cost time each: from here on the index, which knows where it is, is asked.
constexpr std::int64_t kRowsPassedOverMax = 200;

ListPlace place_of(const Memory& memory) { return {memory.created_at, memory.id}; }

}  // namespace

ListPage MemoryLister::list(const Actor& actor, const ListQuery& query) {
    std::optional<ListPlace> before;
    if (query.cursor) before = read_cursor(*query.cursor);
    const bool plain = query.filter == MemoryFilter{};
    ListPage page;
    if (plain && (query.trash || query.offset <= kRowsPassedOverMax))
        page = from_rows(actor.owner, query, before);
    else
        page = query.trash ? from_trash(actor.owner, query, before) : from_index(actor.owner, query, before);
    for (Memory& memory : page.memories) withhold_from(actor, memory);
    return page;
}

ListPage MemoryLister::from_rows(const base::Uuid& owner, const ListQuery& query,
                                 const std::optional<ListPlace>& before) {
    ListPage page;
    const store::Stretch one_more{
        .trash = query.trash, .limit = query.limit + 1, .offset = query.offset, .newest = clock_.now()};
    database_.read(owner, [&](ports::Transaction& tx) {
        page.memories = store::list(tx, owner, one_more, before.value_or(newest_place()));
        const PersonState state = store::find_state(tx, owner).value_or(PersonState{});
        page.total = query.trash ? state.trash_count : state.memory_count;
    });
    if (std::ssize(page.memories) <= query.limit) return page;
    page.memories.pop_back();
    page.next_cursor = write_cursor(place_of(page.memories.back()));
    return page;
}

// What has gone between the index's answer and the rows is left out; the cursor stays where the page ended.
ListPage MemoryLister::from_index(const base::Uuid& owner, const ListQuery& query,
                                  const std::optional<ListPlace>& before) {
    const auto limit = static_cast<std::size_t>(query.limit);
    auto [found, epoch] = finder_.list(owner, query.filter, before, limit + 1, static_cast<std::size_t>(query.offset));
    ListPage page{.memories = {}, .total = found.total, .next_cursor = {}};
    if (found.hits.size() > limit) {
        found.hits.pop_back();
        page.next_cursor = write_cursor({found.hits.back().created_at, found.hits.back().id});
    }
    for (FoundEntry& entry : entries_.read(owner, epoch, found.hits)) page.memories.push_back(std::move(entry.memory));
    return page;
}

ListPage MemoryLister::from_trash(const base::Uuid& owner, const ListQuery& query,
                                  const std::optional<ListPlace>& before) {
    std::vector<Memory> all = finder_.trash(owner, query.filter);
    ListPage page{.memories = {}, .total = std::ssize(all), .next_cursor = {}};
    auto at = all.begin();
    if (before)
        at = std::ranges::find_if(all, [&](const Memory& memory) {
            return std::pair(memory.created_at, memory.id) < std::pair(before->created_at, before->id);
        });
    at += std::min<std::ptrdiff_t>(query.offset, all.end() - at);
    const auto end = at + std::min<std::ptrdiff_t>(query.limit, all.end() - at);
    if (end != all.end() && end != at) page.next_cursor = write_cursor(place_of(*std::prev(end)));
    page.memories.assign(std::make_move_iterator(at), std::make_move_iterator(end));
    return page;
}

}  // namespace engram::memory
