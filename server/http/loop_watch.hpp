// Sees to it that no handler holds up an I/O loop. Internal to http.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <vector>

#include "http/io_loop.hpp"

namespace engram::http {

// Looks at the loops every 2 ms while handlers run on them, and sleeps while none does. A turn that it sees twice is
// one that lasts: `relieve(loop, turn)` is called until it says true; it must not block.
class LoopWatch {
public:
    using Relieve = std::function<bool(IoLoop& loop, std::uint64_t turn)>;

    explicit LoopWatch(Relieve relieve) : relieve_(std::move(relieve)) {}

    // Before run().
    void add(IoLoop& loop) { seen_.push_back({&loop}); }

    // A turn has begun. Any thread; a look at an atomic unless the watch sleeps.
    void wake() {
        if (asleep_.load()) wake_up();
    }

    void run(const std::stop_token& stop);

private:
    struct Seen {
        IoLoop* loop;
        std::uint64_t turn = 0;
        std::uint64_t relieved = 0;
    };
    static constexpr std::chrono::milliseconds kPeriod{2};
    static constexpr int kQuietPeriods = 3;  // until it sleeps

    void wake_up();
    bool look();
    void rest(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);

    const Relieve relieve_;
    std::vector<Seen> seen_;
    std::atomic<bool> asleep_{false};
    std::mutex mutex_;
    std::condition_variable_any woken_;
};

}  // namespace engram::http
