#include "search/registry.hpp"

namespace engram::search {

std::shared_ptr<LiveIndex> Registry::get(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_);
    if (const auto place = places_.find(owner); place != places_.end()) {
        entries_.splice(entries_.begin(), entries_, place->second);
        return entries_.front().index;
    }
    Entries fresh;  // joins the others when nothing can throw any more
    fresh.push_front({owner, std::make_shared<LiveIndex>(upstream_, waiters_max_), 0});
    places_.emplace(owner, fresh.begin());
    entries_.splice(entries_.begin(), fresh);
    return entries_.front().index;
}

std::shared_ptr<LiveIndex> Registry::find(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(owner);
    return place == places_.end() ? nullptr : place->second->index;
}

void Registry::update_bytes(const base::Uuid& owner, const LiveIndex& index) noexcept {
    Entries leaving;  // wiped after the lock is given back
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
        take_out(last, leaving);
        last = next;
    }
}

void Registry::drop(const base::Uuid& owner) {
    Entries leaving;
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(owner);
    if (place != places_.end()) take_out(place->second, leaving);
}

void Registry::take_out(Entries::iterator entry, Entries& leaving) noexcept {
    bytes_ -= entry->bytes;
    places_.erase(entry->owner);
    leaving.splice(leaving.end(), entries_, entry);
}

}  // namespace engram::search
