#include "http/loop_watch.hpp"

namespace engram::http {

void LoopWatch::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    for (int quiet = 0; !stop.stop_requested();) {
        woken_.wait_for(lock, stop, kPeriod, [] { return false; });
        quiet = look() ? 0 : quiet + 1;
        if (quiet < kQuietPeriods) continue;
        rest(lock, stop);
        quiet = 0;
    }
}

// True: a loop has handled something since the last look.
bool LoopWatch::look() {
    bool moved = false;
    for (Seen& seen : seen_) {
        const std::uint64_t turn = seen.loop->turn();
        const bool running = turn % 2 == 1;
        const bool lasts = running && turn == seen.turn && turn != seen.relieved;
        if (lasts && relieve_(*seen.loop, turn)) seen.relieved = turn;
        moved = moved || turn != seen.turn || running;
        seen.turn = turn;
    }
    return moved;
}

// A turn that begins between the last look and here finds the watch asleep and wakes it, or is seen here: both sides
// write before they read, in the one order of sequentially consistent operations.
void LoopWatch::rest(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
    asleep_.store(true);
    if (look()) asleep_.store(false);
    woken_.wait(lock, stop, [this] { return !asleep_.load(); });
    asleep_.store(false);
}

void LoopWatch::wake_up() {
    {
        const std::lock_guard lock(mutex_);
        asleep_.store(false);
    }
    woken_.notify_one();
}

}  // namespace engram::http
