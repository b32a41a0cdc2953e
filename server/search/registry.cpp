#include "search/registry.hpp"

#include <vector>

namespace engram::search {

std::shared_ptr<LiveIndex> Registry::get(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_);
    if (const auto place = places_.find(owner); place != places_.end()) {
        entries_.splice(entries_.begin(), entries_, place->second);
        return entries_.front().index;
    }
    entries_.push_front({owner, std::make_shared<LiveIndex>(upstream_), 0});
    places_[owner] = entries_.begin();
    return entries_.front().index;
}

void Registry::update_bytes(const base::Uuid& owner, const LiveIndex& index) {
    std::vector<std::shared_ptr<LiveIndex>> leaving;  // wiped after the lock is given back
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(owner);
    if (place == places_.end() || place->second->index.get() != &index) return;
    Entry& entry = *place->second;
    const std::size_t bytes = index.bytes();
    bytes_ += bytes - entry.bytes;
    entry.bytes = bytes;
    for (auto last = entries_.end(); bytes_ > bytes_max_ && last != entries_.begin();) {
        --last;
        if (&*last == &entry) continue;
        const auto next = std::next(last);
        leaving.push_back(take_out(last));
        last = next;
    }
}

void Registry::drop(const base::Uuid& owner) {
    std::shared_ptr<LiveIndex> leaving;
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(owner);
    if (place != places_.end()) leaving = take_out(place->second);
}

std::shared_ptr<LiveIndex> Registry::take_out(Entries::iterator entry) {
    std::shared_ptr<LiveIndex> index = std::move(entry->index);
    bytes_ -= entry->bytes;
    places_.erase(entry->owner);
    entries_.erase(entry);
    return index;
}

}  // namespace engram::search
