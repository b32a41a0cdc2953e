#include "gateway/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace engram::gateway {
double RateLimiter::filled(const Bucket& bucket, std::chrono::steady_clock::time_point now) const {
    const double seconds = std::chrono::duration<double>(now - bucket.filled_at).count();
    return std::min(rate_.burst, bucket.tokens + seconds * rate_.per_second);
}

void RateLimiter::forget_full(Shard& shard, std::chrono::steady_clock::time_point now) {
    std::erase_if(shard.buckets, [&](const auto& entry) { return filled(entry.second, now) >= rate_.burst; });
    shard.sweep_at = std::max<std::size_t>(4096, 2 * shard.buckets.size());
}

RateLimiter::Verdict RateLimiter::take(std::string_view key) {
    const auto now = clock_.steady_now();
    Shard& shard = shards_[std::hash<std::string_view>{}(key) % shards_.size()];
    const std::lock_guard lock(shard.mutex);
    if (shard.buckets.size() >= shard.sweep_at) forget_full(shard, now);
    Bucket& bucket = shard.buckets.try_emplace(std::string(key), Bucket{rate_.burst, now}).first->second;
    bucket.tokens = filled(bucket, now);
    bucket.filled_at = now;
    if (bucket.tokens < 1) {
        const double wait = std::ceil((1 - bucket.tokens) / rate_.per_second);
        return {false, 0, std::chrono::seconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(wait)))};
    }
    bucket.tokens -= 1;
    return {true, static_cast<std::int64_t>(bucket.tokens), std::chrono::seconds(0)};
}

}  // namespace engram::gateway
