#include "search/live_index.hpp"

#include <malloc.h>

#include <algorithm>
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

constexpr std::size_t kChangesAtOnce = 16, kWordsAtOnce = 2'000;  // while searches are shut out
constexpr std::size_t kCopiesPerChange = 8;
constexpr std::size_t kVectorsAtOnce = 64;

// Each row costs the search that folds most of a millisecond.
constexpr std::size_t kGraphRowsPerVector = 2, kGraphRowsMin = 16, kGraphRowsMax = 64;

// How many of the changes, at least one, are applied at once.
std::size_t count_at_once(std::span<const BrokenChange> changes) {
    std::size_t count = 0, words = 0;
    while (count < std::min(changes.size(), kChangesAtOnce) && words <= kWordsAtOnce)
        words += changes[count++].tokens.size();
    return count;
}

// Does something at the end of the scope, however it ends, unless told not to.
class Otherwise {
public:
    explicit Otherwise(std::function<void()> act) : act_(std::move(act)) {}
    ~Otherwise() {
        if (act_) act_();
    }
    Otherwise(const Otherwise&) = delete;
    Otherwise& operator=(const Otherwise&) = delete;
    void cancel() { act_ = nullptr; }

private:
    std::function<void()> act_;
};

void break_text(const ports::IndexChange& change, std::vector<Token>& tokens) {
    tokens.clear();
    if (!change.deleted) break_words(change.text, tokens);
}

}  // namespace

ports::IndexAnswer LiveIndex::search(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                                     const ports::IndexQuery& query, const ports::IndexMeaning& meaning) {
    ports::IndexAnswer answer;
    ask(epoch, revision, feed, [&](const OwnerIndex& index) { answer = index.search(query, meaning); }, meaning);
    return answer;
}

void LiveIndex::ask(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed, const Ask& ask,
                    const ports::IndexMeaning& meaning) {
    const std::int64_t vectors = meaning.asked.empty() ? 0 : meaning.revision;
    while (!ask_if_current(epoch, revision, vectors, ask)) catch_up(epoch, revision, feed, meaning);
}

// Between its look and its turn another may have given the index up or made it anew: then there is nothing to do.
void LiveIndex::follow(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                       const ports::IndexMeaning& meaning) {
    const std::lock_guard folding(folding_);
    if (!index_ || epoch_ != epoch) return;
    if (index_->applied_revision() < revision) fold(revision, feed);
    if (index_->applied_vectors() < meaning.revision) fold_vectors(meaning);
}

bool LiveIndex::ask_if_current(std::int64_t epoch, std::int64_t revision, std::int64_t vectors, const Ask& ask) {
    const auto lock = lock_to_read();
    if (!index_ || epoch_ != epoch) return false;
    if (index_->applied_revision() < revision || index_->applied_vectors() < vectors) return false;
    ask(*index_);
    return true;
}

bool LiveIndex::holds(std::int64_t epoch) {
    const auto lock = lock_to_read();
    return index_ && epoch_ == epoch;
}

// Only who holds folding_ changes the index: what this reads without the lock stands still.
void LiveIndex::catch_up(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed,
                         const ports::IndexMeaning& meaning) {
    std::optional<Place> place;
    if (!holds(epoch)) place.emplace(queued_, waiters_max_ + 1);
    const std::lock_guard folding(folding_);
    if (!index_ || epoch_ != epoch) {
        rebuild(epoch, revision, feed);
        ::malloc_trim(0);  // what only building needed
        return;
    }
    if (index_->applied_revision() < revision) return fold(revision, feed);
    if (!meaning.asked.empty() && index_->applied_vectors() < meaning.revision) fold_vectors(meaning);
}

void LiveIndex::rebuild(std::int64_t epoch, std::int64_t revision, const ports::SearchIndex::Feed& feed) {
    auto index = std::make_unique<OwnerIndex>(upstream_);
    std::vector<Token> tokens;
    feed(0, [&](const ports::IndexChange& change) {
        break_text(change, tokens);
        index->apply(change, tokens);
    });
    index->mark_applied(revision);
    std::unique_ptr<OwnerIndex> old_copy;  // wiped after the lock is given back, as the old index is
    const auto lock = lock_to_write();
    index_.swap(index);
    old_copy = std::move(copy_);
    epoch_ = epoch;
    count_bytes();
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
    apply(changes, revision);
    copy_some(changes.size());
}

// A few at a time, as they are read: each is whole by itself, and one that is missing costs a search no more than its
// meaning.
void LiveIndex::fold_vectors(const ports::IndexMeaning& meaning) {
    std::vector<ports::IndexVectors> some;
    std::size_t count = 0;
    const auto apply_them = [&] {
        const auto lock = lock_to_write();
        for (const ports::IndexVectors& vectors : some) {
            index_->apply(vectors);
            if (copy_) copy_->apply(vectors);
        }
        some.clear();
    };
    meaning.feed(index_->applied_vectors(), [&](ports::IndexVectors&& vectors) {
        some.push_back(std::move(vectors));
        ++count;
        if (some.size() == kVectorsAtOnce) apply_them();
    });
    apply_them();
    grow_graph(count);
    const auto lock = lock_to_write();
    index_->mark_vectors(meaning.revision);
    count_bytes();
}

// Finding the links takes most of a millisecond, beside the searches; writing them some microseconds. Nothing else
// changes the index in between.
void LiveIndex::grow_graph(std::size_t vectors) {
    const std::size_t rows = std::clamp(vectors * kGraphRowsPerVector, kGraphRowsMin, kGraphRowsMax);
    for (std::size_t i = 0; i < rows; ++i) {
        Vectors* const lagging = index_->find_lagging_vectors();
        if (lagging == nullptr) return;
        const Hnsw::Plan plan = lagging->plan();
        const auto lock = lock_to_write();
        lagging->grow(plan);
    }
}

// A new entry that has changed since is seen in neither form before its last change is applied. So a search that needs
// any of the changes waits for all of them: the revision is told with the last.
void LiveIndex::apply(std::span<const BrokenChange> changes, std::int64_t revision) {
    Otherwise broken([this] { give_up(); });
    while (!changes.empty()) {
        const std::size_t count = count_at_once(changes);
        apply_some(changes.first(count));
        changes = changes.subspan(count);
    }
    const auto lock = lock_to_write();
    index_->mark_applied(revision);
    count_bytes();
    broken.cancel();
}

void LiveIndex::apply_some(std::span<const BrokenChange> changes) {
    const auto lock = lock_to_write();
    for (const BrokenChange& broken : changes) {
        index_->apply(broken.change, broken.tokens);
        if (copy_) copy_->forget(broken.change.id);
    }
    index_->catch_up_time();
}

// Beside the searches: they read the index only, and nobody the copy.
void LiveIndex::copy_some(std::size_t changes) {
    Otherwise broken([this] { copy_.reset(); });
    if (!copy_ && index_->is_sparse()) copy_ = std::make_unique<OwnerIndex>(upstream_);
    for (std::size_t left = copy_ ? changes * kCopiesPerChange : 0; left > 0; left -= std::min(left, kChangesAtOnce)) {
        const bool done = copy_->copy_from(*index_, kChangesAtOnce);
        copy_->catch_up_time();
        if (done) return broken.cancel(), finish_copy();
    }
    count_bytes();
    broken.cancel();
}

void LiveIndex::finish_copy() {
    std::unique_ptr<OwnerIndex> old;
    const auto lock = lock_to_write();
    old = std::exchange(index_, std::move(copy_));
    count_bytes();
}

// What throws half way through the changes leaves no index.
void LiveIndex::give_up() {
    std::unique_ptr<OwnerIndex> index, copy;  // wiped after the lock is given back
    const auto lock = lock_to_write();
    index = std::move(index_);
    copy = std::move(copy_);
    bytes_ = 0;
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
