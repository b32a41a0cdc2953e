// What persons were shown a moment ago while their memories wait for vectors: it gets them first. In memory alone.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "modules/memory/memory.hpp"
#include "modules/memory/memory_store.hpp"

namespace engram::memory {

// Any thread.
class LookedAt {
public:
    // What the person has seen since the last call for this model, at most kMost, the last seen first. From the first
    // call on it is kept; until forget().
    std::vector<ListPlace> take(const base::Uuid& owner, const std::string& model);
    void forget(const base::Uuid& owner, const std::string& model);

    // Costs a look where nothing waits.
    void see(const base::Uuid& owner, const std::vector<Memory>& memories);

    static constexpr std::size_t kMost = 32;

private:
    std::mutex mutex_;
    std::map<std::pair<base::Uuid, std::string>, std::vector<ListPlace>> seen_;
};

}  // namespace engram::memory
