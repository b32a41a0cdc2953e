// Twins of the ports that make tests deterministic.
#pragma once

#include <atomic>
#include <mutex>
#include <random>

#include "ports/clock.hpp"
#include "ports/random.hpp"

namespace engram::testing {

// Stands still until it is told. Any thread.
class FakeClock final : public ports::Clock {
public:
    explicit FakeClock(base::Time start = base::Time(std::chrono::seconds(1'700'000'000)))
        : now_us_(start.time_since_epoch().count()) {}

    base::Time now() const override { return base::Time(std::chrono::microseconds(now_us_.load())); }
    std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::time_point(std::chrono::microseconds(steady_us_.load()));
    }

    // Less than nothing sets wall time back; steady time never goes there.
    void advance(std::chrono::microseconds by) {
        now_us_ += by.count();
        if (by.count() > 0) advance_steady(by);
    }
    // A while that wall time does not tell of, as one waits before trying again.
    void advance_steady(std::chrono::microseconds by) { steady_us_ += by.count(); }
    void set(base::Time now) { now_us_ = now.time_since_epoch().count(); }

private:
    std::atomic<std::int64_t> now_us_;
    std::atomic<std::int64_t> steady_us_{0};
};

// The same bytes for the same seed. Any thread.
class FakeRandom final : public ports::Random {
public:
    explicit FakeRandom(std::uint64_t seed = 1) : engine_(seed) {}

    void fill(std::span<std::uint8_t> out) override {
        const std::lock_guard lock(mutex_);
        for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
    }

private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

}  // namespace engram::testing
