// The entries of an index in the order of time.
#pragma once

#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

#include "search/documents.hpp"
#include "search/filter.hpp"

namespace engram::search {

// Readers side by side, or one writer. Also the dead stand in it.
class TimeOrder {
public:
    explicit TimeOrder(std::pmr::memory_resource* memory) : order_(memory) {}

    // Puts the entries in their places that `documents` has got since the last call.
    void catch_up(const Documents& documents);

    // All entries, oldest first.
    std::span<const Doc> order() const { return order_; }

    // As ports::SearchIndex::list; everything must be in its place.
    ports::IndexPage list(const Documents& documents, const Filter& filter,
                          const std::optional<ports::IndexPlace>& before, std::size_t limit, std::size_t offset) const;

private:
    std::pmr::vector<Doc> order_;  // oldest first
};

}  // namespace engram::search
