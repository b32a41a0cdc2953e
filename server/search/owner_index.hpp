// One owner's index: the fold of a feed of changes, and the answers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <vector>

#include "ports/search_index.hpp"
#include "search/arena.hpp"
#include "search/conversation.hpp"
#include "search/documents.hpp"
#include "search/model_vectors.hpp"
#include "search/query_plan.hpp"
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

    // Applies a change whose text has the given words. One at or below the last revision is known already: nothing.
    // Time in proportion to the text: nothing that grows with the index is moved. After a series of them
    // catch_up_time() puts them into the order of time, and mark_applied() says that nothing up to a revision is
    // missing.
    void apply(const ports::IndexChange& change, const std::vector<Token>& tokens);
    void catch_up_time() { time_order_.catch_up(documents_); }
    void mark_applied(std::int64_t revision);

    // The newest revision of vectors it holds, and one more of them; of an entry that is gone: nothing.
    std::int64_t applied_vectors() const { return applied_vectors_; }
    void apply(const ports::IndexVectors& vectors);
    Vectors* find_lagging_vectors() { return vectors_.find_lagging(); }
    void mark_vectors(std::int64_t revision) { applied_vectors_ = std::max(applied_vectors_, revision); }

    // By words BM25: a hit's score is its part of the score of an entry that would hold every word without end: 0 to 1,
    // comparable between queries of the same words only. By meaning as blend() has it.
    ports::IndexAnswer search(const ports::IndexQuery& query, const ports::IndexMeaning& meaning = {}) const;

    // As ports::SearchIndex::list.
    ports::IndexPage list(const ports::IndexFilter& filter, const std::optional<ports::IndexPlace>& before,
                          std::size_t limit, std::size_t offset) const;

    std::size_t bytes() const { return arena_.bytes(); }
    std::size_t entry_count() const { return documents_.live_count(); }

    // One entry in four is dead: they cost a little in every search.
    bool is_sparse() const;

    // Takes over up to `count` further entries of `other`, of which this is a copy in the making; true: has all. In
    // between, `other` may have changed, if each removed id was forgotten here.
    bool copy_from(const OwnerIndex& other, std::size_t count);
    void forget(const base::Uuid& id) { remove(id); }

private:
    std::optional<Doc> remove(const base::Uuid& id);
    Doc add(const ports::IndexChange& change, const std::vector<Token>& tokens);
    Doc add_document(const NewDocument& document);
    void copy_document(const OwnerIndex& other, Doc doc);
    Word copy_word(const OwnerIndex& other, Word word);
    const Conversations& conversations() const;
    void rank_all(const QueryPlan& plan, const Filter& filter, const ports::IndexQuery& query, Facets* facets,
                  ports::IndexAnswer& answer) const;
    void rank_by_hints(const Filter& filter, const ports::IndexQuery& query, Facets* facets,
                       ports::IndexAnswer& answer) const;
    bool blend_all(const QueryPlan& plan, const Filter& filter, const ports::IndexQuery& query,
                   const ports::IndexMeaning& meaning, Facets* facets, ports::IndexAnswer& answer) const;
    void add_hits(const Ranking& ranking, const ports::IndexQuery& query, float whole,
                  ports::IndexAnswer& answer) const;
    std::size_t wanted(const ports::IndexQuery& query) const;
    void list_all(const Filter& filter, const ports::IndexQuery& query, Facets* facets,
                  ports::IndexAnswer& answer) const;

    Arena arena_;
    Documents documents_;
    TimeOrder time_order_;
    Vocabulary vocabulary_;
    ModelVectors vectors_;
    // Made by the first search by meaning after a change of the entries, kept for those that follow: twelve bytes an
    // entry.
    mutable std::mutex making_conversations_;
    mutable std::optional<Conversations> conversations_;
    std::int64_t applied_revision_ = 0, seen_revision_ = 0, applied_vectors_ = 0;
    std::vector<std::uint32_t> words_, aside_, marks_;  // of the entry at hand, kept for their capacity
    std::vector<Term> terms_;                           // likewise
    Doc copied_ = 0;                                    // entries of the other index that were looked at
    std::vector<Word> copied_words_;                    // by the other's word
};

}  // namespace engram::search
