// What a test heard on a bus. Only *_test.cpp includes this.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "ports/bus.hpp"

namespace engram::ports {

// Remembers what was heard, and waits for it, for 20 s at most.
class Heard {
public:
    void add(std::string_view text) {
        const std::lock_guard lock(mutex_);
        texts_.emplace_back(text);
        changed_.notify_all();
    }
    Bus::OnWord ear() {
        return [this](std::string_view text) { add(text); };
    }
    // What was heard once there is as much of it.
    std::vector<std::string> wait(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return texts_.size() >= count; });
        return texts_;
    }
    // Waits for that text; false: it did not come.
    bool wait_for(std::string_view text) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20),
                                 [&] { return std::ranges::find(texts_, text) != texts_.end(); });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> texts_;
};

}  // namespace engram::ports
