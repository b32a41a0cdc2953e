#include "search/live_index.hpp"

#include <vector>

#include "search/word_break.hpp"

namespace engram::search {

ports::IndexAnswer LiveIndex::search(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                                     const ports::IndexQuery& query) {
    if (auto answer = search_if_current(epoch, revision, query)) return *std::move(answer);
    const std::lock_guard folding(folding_);
    if (auto answer = search_if_current(epoch, revision, query)) return *std::move(answer);
    catch_up(epoch, revision, feed);
    return *search_if_current(epoch, revision, query);
}

std::optional<ports::IndexAnswer> LiveIndex::search_if_current(std::int64_t epoch, std::int64_t revision,
                                                               const ports::IndexQuery& query) {
    const auto lock = lock_to_read();
    if (!index_ || epoch_ != epoch || index_->applied_revision() < revision) return std::nullopt;
    return index_->search(query);
}

// Only this function changes the index, and folding_ is held: what it reads without the lock stands still.
void LiveIndex::catch_up(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed) {
    if (!index_ || epoch_ != epoch) {
        const auto lock = lock_to_write();
        index_ = std::make_unique<OwnerIndex>(upstream_);
        epoch_ = epoch;
    }
    std::vector<Token> tokens;
    feed(index_->applied_revision(), [&](const ports::IndexChange& change) {
        tokens.clear();
        if (!change.deleted) break_words(change.text, tokens);
        const auto lock = lock_to_write();
        index_->apply(change, tokens);
    });
    const auto lock = lock_to_write();
    index_->mark_applied(revision);
    bytes_ = index_->bytes();
}

std::shared_lock<std::shared_mutex> LiveIndex::lock_to_read() {
    const std::lock_guard pass(turnstile_);
    return std::shared_lock(mutex_);
}

std::unique_lock<std::shared_mutex> LiveIndex::lock_to_write() {
    const std::lock_guard pass(turnstile_);
    return std::unique_lock(mutex_);
}

}  // namespace engram::search
