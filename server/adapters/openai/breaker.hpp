// Whether a service that has failed is asked again. Internal.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "ports/clock.hpp"

namespace engram::openai {

// After three failures in a row nobody is let through for 5 s, then one is; where that fails too, for twice as long, up
// to a minute, or to five where the service asks for it. Any thread.
class Breaker {
public:
    explicit Breaker(const ports::Clock& clock) : clock_(clock) {}

    // One question to the service. Where it ends unjudged it counts for nothing. Used by one thread.
    class Pass {
    public:
        // Throws kUnavailable, with what failed last, where nobody is let through.
        explicit Pass(Breaker& breaker) : breaker_(breaker), round_(breaker.enter()) {}
        ~Pass() { breaker_.leave(round_); }
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;

        void succeeded() { breaker_.succeeded(); }
        // `at_least`: what the service itself asks to wait. `times`: with those that ended unjudged and turn out to
        // have been failures. `reason` is safe to show.
        void failed(const std::string& reason, std::optional<std::chrono::seconds> at_least, int times = 1) {
            breaker_.failed(round_, reason, at_least, times);
        }

    private:
        Breaker& breaker_;
        std::uint64_t round_;
    };

    // What failed last, while nobody is let through; empty else.
    std::string trouble() const;

    // The same until somebody who was let through has succeeded.
    std::string last_failure() const;

private:
    using Moment = std::chrono::steady_clock::time_point;

    std::uint64_t enter();
    void leave(std::uint64_t round);
    void succeeded();
    void failed(std::uint64_t round, const std::string& reason, std::optional<std::chrono::seconds> at_least,
                int times);
    bool is_open() const { return open_until_.has_value(); }
    std::chrono::seconds closed_for() const;

    const ports::Clock& clock_;
    mutable std::mutex mutex_;
    int failures_ = 0;
    std::uint64_t round_ = 0;  // counts up with each opening and each trial: what began before it is no news
    bool trying_ = false;      // somebody is let through to see
    std::optional<Moment> open_until_;
    std::chrono::seconds pause_{};
    std::string reason_;
};

}  // namespace engram::openai
