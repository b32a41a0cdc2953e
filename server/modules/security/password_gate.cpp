#include "modules/security/password_gate.hpp"

#include "base/error.hpp"

namespace engram::security {

void PasswordGate::enter() {
    std::unique_lock lock(mutex_);
    if (running_ >= running_max_ && waiting_ >= waiting_max_) {
        base::Error error(base::Code::kUnavailable, "Too many people are signing in right now. Try again in a moment.");
        error.retry_after = std::chrono::seconds(2);
        throw error;
    }
    ++waiting_;
    free_.wait(lock, [this] { return running_ < running_max_; });
    --waiting_;
    ++running_;
}

void PasswordGate::leave() {
    {
        const std::lock_guard lock(mutex_);
        --running_;
    }
    free_.notify_one();
}

}  // namespace engram::security
