// What all connections of a server share. Internal to http.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>

#include "base/thread.hpp"
#include "http/byte_budget.hpp"
#include "http/exchange.hpp"
#include "http/growing_pool.hpp"
#include "http/message.hpp"
#include "http/peer_count.hpp"
#include "http/server.hpp"

namespace engram::http {

// How many connections are open. Any thread.
class ConnectionCount {
public:
    // The number with the new one.
    std::size_t enter() {
        const std::lock_guard lock(mutex_);
        return ++count_;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        if (--count_ == 0) empty_.notify_all();
    }
    // True: none is open. False: the time is over.
    bool wait_until_empty(std::chrono::milliseconds timeout) {
        std::unique_lock lock(mutex_);
        return empty_.wait_for(lock, timeout, [this] { return count_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable empty_;
    std::size_t count_ = 0;
};

// What connections and requests give back when they go, which may be after the core.
struct ServerCounts {
    explicit ServerCounts(const ServerOptions& options) : bodies(options.buffered_bytes_max) {}

    ByteBudget bodies;
    PeerCount peers;
};

struct ServerCore {
    static constexpr std::size_t kStreamsMax = 512;

    ServerCore(ServerOptions o, Service s, ServerCounts& c)
        : options(std::move(o)), service(std::move(s)), counts(c), workers("http-worker", options.workers) {}

    const ServerOptions options;
    const Service service;
    ServerCounts& counts;
    ConnectionCount connections;
    std::atomic<bool> stopping{false};
    EdgeIds ids;
    base::WorkerPool workers;
    GrowingPool streams{"http-stream", kStreamsMax};
};

}  // namespace engram::http
