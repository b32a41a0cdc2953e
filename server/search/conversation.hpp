// The live entries by conversation, in the order of time, and which of them follow one another.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/documents.hpp"

namespace engram::search {

// Where an entry stands among those of its conversation.
struct Surroundings {
    std::uint8_t before = 0, after = 0;  // so many of it stand on either side, as far as they reach one another
    bool asks = false;                   // as IndexChange has it
    Language language = kNoLanguage;     // of its text

    bool stands_alone() const { return before == 0 && after == 0; }
};

// Places count conversation by conversation, each from its oldest. Good while `documents` does not change. Making them
// takes time in proportion to all.
class Conversations {
public:
    // `order`: all entries, oldest first; also the dead.
    Conversations(const Documents& documents, std::span<const Doc> order);

    static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};

    std::size_t size() const { return docs_.size(); }
    std::size_t doc_count() const { return places_.size(); }  // also the dead
    Doc doc(std::size_t place) const { return docs_[place]; }
    std::uint32_t place(Doc doc) const { return places_[doc]; }  // kNowhere: dead

    // What is said to an entry reaches so many of those around it, at most kReach on either side.
    static constexpr std::size_t kReach = 2;
    const Surroundings& around(std::size_t place) const { return around_[place]; }

private:
    std::vector<Doc> docs_;
    std::vector<std::uint32_t> places_;  // by entry
    std::vector<Surroundings> around_;
};

// What a neighbour has counts for an entry, the less the further it is away. An answer follows its question, so what
// stands before counts more. By distance - 1.
struct Neighbourhood {
    float before[Conversations::kReach], after[Conversations::kReach];
};

// Calls `visit(neighbour, share)` for those for whom an entry counts,
template <class Visit>
void for_those_around(const Conversations& all, const Neighbourhood& shares, std::size_t place, const Visit& visit) {
    const auto [before, after, asks, language] = all.around(place);
    for (std::size_t i = 1; i <= after; ++i) visit(place + i, shares.before[i - 1]);
    for (std::size_t i = 1; i <= before; ++i) visit(place - i, shares.after[i - 1]);
}

// and the most that one of them is worth to it, or it is itself.
inline float best_around(const Surroundings& around, const Neighbourhood& shares, const float* own) {
    float best = *own;
    for (int i = 1; i <= around.before; ++i) best = std::max(best, shares.before[i - 1] * own[-i]);
    for (int i = 1; i <= around.after; ++i) best = std::max(best, shares.after[i - 1] * own[i]);
    return best;
}

}  // namespace engram::search
