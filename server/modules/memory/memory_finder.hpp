// Finds memories by words: asks the person's index, fed from the feed, and shows why each was found.
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

private:
    void feed(const base::Uuid& owner, std::int64_t after, const ports::SearchIndex::Apply& apply);

    ports::Database& database_;
    ports::SearchIndex& index_;
};

}  // namespace engram::memory
