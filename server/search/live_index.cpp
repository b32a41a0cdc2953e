#include "search/live_index.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "search/word_break.hpp"

namespace engram::search {
namespace {

base::Error being_built() {
    base::Error error(base::Code::kUnavailable, "The index is being built; try again in a moment.");
    error.retry_after = std::chrono::seconds(1);
    return error;
}

// One of the places for those who need an index that is not there.
class Place {
public:
    Place(std::atomic<int>& taken, int places) : taken_(taken) {
        if (taken_.fetch_add(1) < places) return;
        --taken_;
        throw being_built();
    }
    ~Place() { --taken_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::atomic<int>& taken_;
};

struct BrokenChange {
    ports::IndexChange change;
    std::vector<Token> tokens;
};

void break_text(const ports::IndexChange& change, std::vector<Token>& tokens) {
    tokens.clear();
    if (!change.deleted) break_words(change.text, tokens);
}

}  // namespace

ports::IndexAnswer LiveIndex::search(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                                     const ports::IndexQuery& query) {
    ports::IndexAnswer answer;
    ask(epoch, revision, feed, [&](const OwnerIndex& index) { answer = index.search(query); });
    return answer;
}

void LiveIndex::ask(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed, const Ask& ask) {
    while (!ask_if_current(epoch, revision, ask)) catch_up(epoch, revision, feed);
}

bool LiveIndex::ask_if_current(std::int64_t epoch, std::int64_t revision, const Ask& ask) {
    const auto lock = lock_to_read();
    if (!index_ || epoch_ != epoch || index_->applied_revision() < revision) return false;
    ask(*index_);
    return true;
}

bool LiveIndex::holds(std::int64_t epoch) {
    const auto lock = lock_to_read();
    return index_ && epoch_ == epoch;
}

// Only who holds folding_ changes the index: what this reads without the lock stands still.
void LiveIndex::catch_up(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed) {
    std::optional<Place> place;
    if (!holds(epoch)) place.emplace(queued_, waiters_max_ + 1);
    const std::lock_guard folding(folding_);
    if (!index_ || epoch_ != epoch) return rebuild(epoch, revision, feed);
    if (index_->applied_revision() < revision) fold(revision, feed);
}

void LiveIndex::rebuild(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed) {
    auto index = std::make_unique<OwnerIndex>(upstream_);
    std::vector<Token> tokens;
    feed(0, [&](const ports::IndexChange& change) {
        break_text(change, tokens);
        index->apply(change, tokens);
    });
    index->mark_applied(revision);
    const auto lock = lock_to_write();
    index_.swap(index);
    epoch_ = epoch;
    bytes_ = index_->bytes();
}

// The feed comes in several reads: an entry that moves to a later revision in between is seen in neither form by a
// search amid them, so the changes are gathered first.
void LiveIndex::fold(std::int64_t revision, const ports::SearchIndex::Feed& feed) {
    std::vector<BrokenChange> changes;
    feed(index_->applied_revision(), [&](const ports::IndexChange& change) {
        BrokenChange& broken = changes.emplace_back();
        broken.change = change;
        break_text(change, broken.tokens);
    });
    std::unique_ptr<OwnerIndex> index;  // what throws half way leaves none; wiped after the lock is given back
    const auto lock = lock_to_write();
    index = std::move(index_);
    bytes_ = 0;
    for (const BrokenChange& broken : changes) index->apply(broken.change, broken.tokens);
    index->mark_applied(revision);
    bytes_ = index->bytes();
    index_ = std::move(index);
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
