// One owner's index: the fold of a feed of changes, and the answers.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "ports/search_index.hpp"
#include "search/arena.hpp"
#include "search/documents.hpp"
#include "search/ranking.hpp"
#include "search/time_order.hpp"
#include "search/vocabulary.hpp"
#include "search/word_break.hpp"

namespace engram::search {

// Readers side by side, or one writer. Takes its memory from `upstream`, which must outlive it, and wipes it.
class OwnerIndex {
public:
    explicit OwnerIndex(std::pmr::memory_resource* upstream);

    // The newest revision it holds; 0 where it holds none.
    std::int64_t applied_revision() const { return applied_revision_; }

    // Applies a change whose text has the given words. One at or below applied_revision() is known already: nothing.
    void apply(const ports::IndexChange& change, const std::vector<Token>& tokens);

    // Nothing up to `revision` is missing, although no change may have had it. Ends a series of apply(): what was
    // applied is found in the order of time from here on.
    void mark_applied(std::int64_t revision);

    // BM25 over the words of the query. A hit's score is its part of the score of an entry that would hold every word
    // without end: 0 to 1, comparable between queries of the same words only.
    ports::IndexAnswer search(const ports::IndexQuery& query) const;

    // As ports::SearchIndex::list.
    ports::IndexPage list(const ports::IndexFilter& filter, const std::optional<ports::IndexPlace>& before,
                          std::size_t limit, std::size_t offset) const;

    std::size_t bytes() const { return arena_.bytes(); }
    std::size_t entry_count() const { return documents_.live_count(); }

private:
    void remove(const base::Uuid& id);
    void add(const ports::IndexChange& change, const std::vector<Token>& tokens);
    void compact_if_sparse();

    Arena arena_;
    Documents documents_;
    TimeOrder time_order_;
    Vocabulary vocabulary_;
    std::int64_t applied_revision_ = 0;
    std::vector<Term> terms_of_text_;   // of the text at hand, kept for its capacity
    std::vector<Term> distinct_terms_;  // likewise
};

}  // namespace engram::search
