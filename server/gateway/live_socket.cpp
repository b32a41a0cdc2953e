#include "gateway/live_socket.hpp"

#include <utility>

#include "gateway/live_messages.hpp"

namespace engram::gateway {

void LiveSocket::tell(const memory::Status& status) {
    const std::lock_guard lock(mutex_);
    if (epoch_ == status.epoch && status.revision <= revision_) return;
    status_ = status;
    flush();
}

void LiveSocket::tell(const std::string& id, const std::string& message) {
    const std::lock_guard lock(mutex_);
    if (messages_.size() >= kIdsMax && !messages_.contains(id)) return;
    messages_[id] = message;
    flush();
}

void LiveSocket::answer(std::string message) { send(std::move(message)); }

void LiveSocket::drained() {
    const std::lock_guard lock(mutex_);
    flush();
}

// Whoever finds that something waits may leave: drained() comes after that, and waits for the mutex.
void LiveSocket::flush() {
    if (socket_->waiting() > 0 || (!epoch_ && !status_)) return;
    if (const auto status = std::exchange(status_, std::nullopt)) {
        send(revision_message(status->revision, epoch_ == status->epoch ? std::nullopt : std::optional(status->epoch)));
        epoch_ = status->epoch;
        revision_ = status->revision;
    }
    for (auto& [id, message] : std::exchange(messages_, {})) send(std::move(message));
}

void LiveSocket::send(std::string message) {
    if (socket_->send(std::move(message))) metrics_.count_live_message();
}

}  // namespace engram::gateway
