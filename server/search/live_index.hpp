// An owner's index that many threads search while it follows the feed.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <vector>

#include "ports/search_index.hpp"
#include "search/owner_index.hpp"
#include "search/word_break.hpp"

namespace engram::search {

// Searches that may wait while an index is built; each holds a thread.
inline constexpr int kWaitersMax = 16;

// A change with the words of its text.
struct BrokenChange {
    ports::IndexChange change;
    std::vector<Token> tokens;
};

// Any thread. Searches run side by side; one thread at a time reads the feed. A new index is built aside; the changes
// since shut searches out for a few of them at a time, some microseconds each, and only searches that need none of them
// may come in between. Entries that are gone are left behind by copying the others aside, some with each change.
class LiveIndex {
public:
    explicit LiveIndex(std::pmr::memory_resource* upstream, int waiters_max = kWaitersMax)
        : upstream_(upstream), waiters_max_(waiters_max) {}

    // As ports::SearchIndex::search. kUnavailable, to be tried again in a second, where an index is being built and
    // enough wait for it. What the feed throws is thrown here and nothing of it applied; where memory ends half way
    // through the changes the index is given up, and the next search builds another.
    ports::IndexAnswer search(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                              const ports::IndexQuery& query, const ports::IndexMeaning& meaning = {});

    // Lets `ask` ask the index when it holds `revision`, as search() does.
    using Ask = std::function<void(const OwnerIndex& index)>;
    void ask(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed, const Ask& ask,
             const ports::IndexMeaning& meaning = {});

    // As ports::SearchIndex::follow.
    void follow(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                const ports::IndexMeaning& meaning);

    // Of the index that is searched and of its copy in the making; 0 without one.
    std::size_t bytes() const { return bytes_; }

private:
    bool ask_if_current(std::int64_t epoch, std::int64_t revision, std::int64_t vectors, const Ask& ask);
    bool holds(std::int64_t epoch);
    void catch_up(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                  const ports::IndexMeaning& meaning);
    void rebuild(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed);
    void fold(std::int64_t revision, const ports::SearchIndex::Feed& feed);
    void fold_vectors(const ports::IndexMeaning& meaning);
    void grow_graph(std::size_t vectors);
    void apply(std::span<const BrokenChange> changes, std::int64_t revision);
    void apply_some(std::span<const BrokenChange> changes);
    void copy_some(std::size_t changes);
    void finish_copy();
    void give_up();
    void count_bytes() { bytes_ = (index_ ? index_->bytes() : 0) + (copy_ ? copy_->bytes() : 0); }
    std::shared_lock<std::shared_mutex> lock_to_read();
    std::unique_lock<std::shared_mutex> lock_to_write();

    std::pmr::memory_resource* upstream_;
    int waiters_max_;
    std::atomic<int> queued_ = 0;  // for an index that is not there: who builds it and who waits
    std::mutex folding_;           // held while the feed is read
    std::mutex turnstile_;     // readers pass, a waiting writer stays: else a stream of readers keeps it out for ever
    std::shared_mutex mutex_;  // index_, epoch_
    std::unique_ptr<OwnerIndex> index_;
    std::unique_ptr<OwnerIndex> copy_;  // of the live entries, in the making; only for who holds folding_
    std::int64_t epoch_ = 0;
    std::atomic<std::size_t> bytes_ = 0;
};

}  // namespace engram::search
