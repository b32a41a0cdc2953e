// A page of the list: from the rows where only recency is asked for, from the person's index where anything else is.
#pragma once

#include "modules/memory/memory.hpp"
#include "modules/memory/memory_finder.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"

namespace engram::memory {

// What it is made of must outlive it. Any thread.
class MemoryLister {
public:
    MemoryLister(ports::Database& database, MemoryFinder& finder, EntryReader& entries, const ports::Clock& clock)
        : database_(database), finder_(finder), entries_(entries), clock_(clock) {}

    // As MemoryService says.
    ListPage list(const Actor& actor, const ListQuery& query);

private:
    ListPage from_rows(const base::Uuid& owner, const ListQuery& query, const std::optional<ListPlace>& before);
    ListPage from_index(const base::Uuid& owner, const ListQuery& query, const std::optional<ListPlace>& before);
    ListPage from_trash(const base::Uuid& owner, const ListQuery& query, const std::optional<ListPlace>& before);

    ports::Database& database_;
    MemoryFinder& finder_;
    EntryReader& entries_;
    const ports::Clock& clock_;
};

}  // namespace engram::memory
