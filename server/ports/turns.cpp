#include "ports/turns.hpp"

#include <algorithm>

namespace engram::ports {

Turns::Counts& Turns::counts(EmbedPurpose purpose) { return purpose == EmbedPurpose::kQuery ? queries_ : passages_; }

std::size_t Turns::waiting(EmbedPurpose purpose) const {
    const std::lock_guard lock(mutex_);
    return purpose == EmbedPurpose::kQuery ? queries_.waiting : passages_.waiting;
}

bool Turns::may_start(EmbedPurpose purpose) const {
    if (queries_.running + passages_.running >= slots_) return false;
    if (purpose == EmbedPurpose::kQuery) return true;
    return queries_.waiting == 0 && passages_.running < std::max<std::size_t>(1, slots_ - 1);
}

void Turns::enter(EmbedPurpose purpose) {
    std::unique_lock lock(mutex_);
    Counts& own = counts(purpose);
    ++own.waiting;
    changed_.wait(lock, [&] { return may_start(purpose); });
    --own.waiting;
    ++own.running;
    lock.unlock();
    changed_.notify_all();  // the last query that waited lets passages go on
}

void Turns::leave(EmbedPurpose purpose) {
    {
        const std::lock_guard lock(mutex_);
        --counts(purpose).running;
    }
    changed_.notify_all();
}

}  // namespace engram::ports
