// Finds memories by words and by filters: asks the person's index, fed from the feed, and shows why each was found.
#pragma once

#include "modules/memory/memory.hpp"
#include "modules/memory/memory_store.hpp"
#include "ports/database.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// The ports must outlive the finder. Any thread.
class MemoryFinder {
public:
    MemoryFinder(ports::Database& database, ports::SearchIndex& index) : database_(database), index_(index) {}

    SearchPage search(const Actor& actor, const SearchQuery& query);

    // Where the memories are that pass, newest first, from `before` and `offset` on; the trash has none.
    struct Places {
        std::vector<ListPlace> places;
        std::int64_t total = 0;
    };
    Places list(const base::Uuid& owner, const MemoryFilter& filter, const std::optional<ListPlace>& before,
                std::size_t limit, std::size_t offset);

    // All that pass of what is in the trash, newest first.
    std::vector<Memory> trash(const base::Uuid& owner, const MemoryFilter& filter);

private:
    PersonState state_of(const base::Uuid& owner);
    void feed(const base::Uuid& owner, std::int64_t after, const ports::SearchIndex::Apply& apply);

    ports::Database& database_;
    ports::SearchIndex& index_;
};

}  // namespace engram::memory
