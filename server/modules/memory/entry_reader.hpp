// Reads the memories that the index has found: what was read lately from memory, the rest from the database.
#pragma once

#include <span>
#include <vector>

#include "modules/memory/entry_cache.hpp"
#include "modules/memory/memory_store.hpp"
#include "ports/database.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// The database must outlive it. Any thread.
class EntryReader {
public:
    explicit EntryReader(ports::Database& database) : database_(database), cache_(kCacheBytes) {}

    // Those of `hits` that are neither gone nor in the trash, in their order. `epoch`: the history that their revisions
    // count in.
    std::vector<FoundEntry> read(const base::Uuid& owner, std::int64_t epoch, std::span<const ports::IndexHit> hits);

    // Forgets whatever it has in memory, of everybody.
    void forget() { cache_.clear(); }

private:
    static constexpr std::size_t kCacheBytes = std::size_t{4} << 20;

    ports::Database& database_;
    EntryCache cache_;
};

}  // namespace engram::memory
