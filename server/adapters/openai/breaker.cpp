#include "adapters/openai/breaker.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace engram::openai {
namespace {

constexpr int kFailuresMax = 3;
constexpr std::chrono::seconds kFirstPause{5}, kLongestPause{60}, kLongestAsked{300};

}  // namespace

std::uint64_t Breaker::enter() {
    const std::lock_guard lock(mutex_);
    if (!is_open()) return round_;
    if (trying_ || clock_.steady_now() < *open_until_) {
        base::Error error(base::Code::kUnavailable, reason_, "not asked: it has failed too often");
        error.retry_after = closed_for();
        throw error;
    }
    trying_ = true;
    return ++round_;
}

void Breaker::leave(std::uint64_t round) {
    const std::lock_guard lock(mutex_);
    if (round == round_) trying_ = false;
}

void Breaker::succeeded() {
    const std::lock_guard lock(mutex_);
    if (is_open()) ++round_;
    failures_ = 0;
    trying_ = false;
    open_until_.reset();
    pause_ = {};
}

void Breaker::failed(std::uint64_t round, const std::string& reason, std::optional<std::chrono::seconds> at_least,
                     int times) {
    const std::lock_guard lock(mutex_);
    if (round != round_) return;
    reason_ = reason;
    failures_ += times;
    if (failures_ < kFailuresMax) return;
    pause_ = std::clamp(2 * pause_, kFirstPause, kLongestPause);
    open_until_ = clock_.steady_now() + std::min(std::max(pause_, at_least.value_or(kFirstPause)), kLongestAsked);
    trying_ = false;
    ++round_;
}

// How long it is until somebody is let through, at least a second.
std::chrono::seconds Breaker::closed_for() const {
    const auto left = std::chrono::ceil<std::chrono::seconds>(*open_until_ - clock_.steady_now());
    return std::max(left, std::chrono::seconds(1));
}

std::string Breaker::last_failure() const {
    const std::lock_guard lock(mutex_);
    return is_open() ? reason_ : "";
}

std::string Breaker::trouble() const {
    const std::lock_guard lock(mutex_);
    const bool closed = is_open() && (trying_ || clock_.steady_now() < *open_until_);
    return closed ? reason_ : "";
}

}  // namespace engram::openai
