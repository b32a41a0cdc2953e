// The indexes of the owners that searched last, bounded by bytes.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <unordered_map>

#include "base/id.hpp"
#include "search/live_index.hpp"

namespace engram::search {

// Any thread. An index is shared with the searches that run on it: one that is let go here is wiped as the last ends.
class Registry {
public:
    Registry(std::size_t bytes_max, std::pmr::memory_resource* upstream, int waiters_max = kWaitersMax)
        : bytes_max_(bytes_max), upstream_(upstream), waiters_max_(waiters_max) {}

    // The owner's index, an empty one where there is none; now the last used.
    std::shared_ptr<LiveIndex> get(const base::Uuid& owner);

    // nullptr where there is none. It counts as no use.
    std::shared_ptr<LiveIndex> find(const base::Uuid& owner);

    // Takes note of the size of the owner's index, then lets the least recently used of the others go until all fit.
    void update_bytes(const base::Uuid& owner, const LiveIndex& index) noexcept;

    void drop(const base::Uuid& owner);

private:
    struct Entry {
        base::Uuid owner;
        std::shared_ptr<LiveIndex> index;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;

    void take_out(Entries::iterator entry, Entries& leaving) noexcept;

    std::mutex mutex_;
    std::size_t bytes_max_, bytes_ = 0;
    std::pmr::memory_resource* upstream_;
    int waiters_max_;
    Entries entries_;  // the last used in front
    std::unordered_map<base::Uuid, Entries::iterator, base::UuidHash> places_;
};

}  // namespace engram::search
