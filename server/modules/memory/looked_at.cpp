#include "modules/memory/looked_at.hpp"

#include <algorithm>

namespace engram::memory {

std::vector<ListPlace> LookedAt::take(const base::Uuid& owner, const std::string& model) {
    const std::lock_guard lock(mutex_);
    return std::exchange(seen_[{owner, model}], {});
}

void LookedAt::forget(const base::Uuid& owner, const std::string& model) {
    const std::lock_guard lock(mutex_);
    seen_.erase({owner, model});
}

void LookedAt::see(const base::Uuid& owner, const std::vector<Memory>& memories) {
    const std::lock_guard lock(mutex_);
    for (auto at = seen_.lower_bound({owner, {}}); at != seen_.end() && at->first.first == owner; ++at) {
        std::vector<ListPlace> places;
        for (const Memory& memory : memories) places.push_back({memory.created_at, memory.id});
        places.insert(places.end(), at->second.begin(), at->second.end());
        places.resize(std::min(places.size(), kMost));
        at->second = std::move(places);
    }
}

}  // namespace engram::memory
