// An owner's index that many threads search while it follows the feed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "ports/search_index.hpp"
#include "search/owner_index.hpp"

namespace engram::search {

// Any thread. Searches run side by side; one thread at a time reads the feed, and each change shuts searches out for
// some microseconds only.
class LiveIndex {
public:
    explicit LiveIndex(std::pmr::memory_resource* upstream) : upstream_(upstream) {}

    // As ports::SearchIndex::search. What the feed throws is thrown here; the changes before it stay applied.
    ports::IndexAnswer search(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                              const ports::IndexQuery& query);

    std::size_t bytes() const { return bytes_; }

private:
    std::optional<ports::IndexAnswer> search_if_current(std::int64_t epoch, std::int64_t revision,
                                                        const ports::IndexQuery& query);
    void catch_up(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed);
    std::shared_lock<std::shared_mutex> lock_to_read();
    std::unique_lock<std::shared_mutex> lock_to_write();

    std::pmr::memory_resource* upstream_;
    std::mutex folding_;       // held while the feed is read
    std::mutex turnstile_;     // readers pass, a waiting writer stays: else a stream of readers keeps it out for ever
    std::shared_mutex mutex_;  // index_, epoch_
    std::unique_ptr<OwnerIndex> index_;
    std::int64_t epoch_ = 0;
    std::atomic<std::size_t> bytes_ = 0;
};

}  // namespace engram::search
