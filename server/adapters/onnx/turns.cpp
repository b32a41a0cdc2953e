#include "adapters/onnx/turns.hpp"

#include <algorithm>

namespace engram::onnx {

Turns::Counts& Turns::counts(ports::EmbedPurpose purpose) {
    return purpose == ports::EmbedPurpose::kQuery ? queries_ : passages_;
}

std::size_t Turns::waiting(ports::EmbedPurpose purpose) const {
    const std::lock_guard lock(mutex_);
    return purpose == ports::EmbedPurpose::kQuery ? queries_.waiting : passages_.waiting;
}

bool Turns::may_start(ports::EmbedPurpose purpose) const {
    if (queries_.running + passages_.running >= slots_) return false;
    if (purpose == ports::EmbedPurpose::kQuery) return true;
    return queries_.waiting == 0 && passages_.running < std::max<std::size_t>(1, slots_ - 1);
}

void Turns::enter(ports::EmbedPurpose purpose) {
    std::unique_lock lock(mutex_);
    Counts& own = counts(purpose);
    ++own.waiting;
    changed_.wait(lock, [&] { return may_start(purpose); });
    --own.waiting;
    ++own.running;
    lock.unlock();
    changed_.notify_all();  // the last query that waited lets passages go on
}

void Turns::leave(ports::EmbedPurpose purpose) {
    {
        const std::lock_guard lock(mutex_);
        --counts(purpose).running;
    }
    changed_.notify_all();
}

}  // namespace engram::onnx
