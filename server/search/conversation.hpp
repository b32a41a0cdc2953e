// The live entries in the order of time, and which of them follow one another in a conversation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/documents.hpp"

namespace engram::search {

// Places count from the oldest. Good while `documents` does not change. Time in proportion to them.
class Conversations {
public:
    // `order`: all entries, oldest first; also the dead.
    Conversations(const Documents& documents, std::span<const Doc> order);

    static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};

    std::size_t size() const { return docs_.size(); }
    std::size_t doc_count() const { return places_.size(); }  // also the dead
    Doc doc(std::size_t place) const { return docs_[place]; }
    std::uint32_t place(Doc doc) const { return places_[doc]; }  // kNowhere: dead

    // What is said to this entry reaches so many of those around it, at most kReach on either side.
    static constexpr std::size_t kReach = 2;
    std::size_t before(std::size_t place) const { return before_[place]; }
    std::size_t after(std::size_t place) const;
    bool stands_alone(std::size_t place) const { return before(place) == 0 && after(place) == 0; }

private:
    std::vector<Doc> docs_;
    std::vector<std::uint32_t> places_;  // by entry
    std::vector<std::uint8_t> before_;   // entries of the same conversation that stand before it, up to kReach
};

// What a neighbour has counts for an entry, the less the further it is away. An answer follows its question, so what
// stands before counts more. By distance - 1.
struct Neighbourhood {
    float before[Conversations::kReach], after[Conversations::kReach];
};

// Calls `visit(place, share)` for the neighbours of a place for whom it counts.
template <class Visit>
void for_neighbours(const Conversations& all, const Neighbourhood& shares, std::size_t place, const Visit& visit) {
    for (std::size_t i = all.after(place); i > 0; --i) visit(place + i, shares.before[i - 1]);
    for (std::size_t i = all.before(place); i > 0; --i) visit(place - i, shares.after[i - 1]);
}

}  // namespace engram::search
