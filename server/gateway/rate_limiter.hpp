// Token buckets by key: so many at once, so many a second.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ports/clock.hpp"

namespace engram::gateway {

// Any thread. Keys that have been quiet long enough to be full again are forgotten.
class RateLimiter {
public:
    struct Rate {
        double burst = 1;       // how many at once
        double per_second = 1;  // how fast it fills again
    };
    struct Verdict {
        bool allowed = true;
        std::int64_t remaining = 0;
        std::chrono::seconds retry_after{0};  // until one more is allowed
    };

    RateLimiter(ports::Clock& clock, Rate rate) : clock_(clock), rate_(rate) {}

    Verdict take(std::string_view key);
    const Rate& rate() const { return rate_; }

private:
    struct Bucket {
        double tokens = 0;
        std::chrono::steady_clock::time_point filled_at;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::string, Bucket> buckets;
        std::size_t sweep_at = 4096;  // how many buckets call for a sweep; doubles where most are in use
    };

    void forget_full(Shard& shard, std::chrono::steady_clock::time_point now);
    double filled(const Bucket& bucket, std::chrono::steady_clock::time_point now) const;

    ports::Clock& clock_;
    const Rate rate_;
    std::array<Shard, 16> shards_;
};

}  // namespace engram::gateway
