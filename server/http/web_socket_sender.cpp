#include "http/web_socket_sender.hpp"

#include <algorithm>
#include <utility>

namespace engram::http {

bool WebSocketSender::send(std::string text) {
    const std::lock_guard lock(mutex_);
    if (!schedule_ || close_) return false;
    const std::size_t waiting = waiting_ + text.size() + kMessageCost;
    if (waiting > waiting_bytes_max_) {
        ready_ = {};
        overflowed_.store(true, std::memory_order_release);
        close_locked({1013, "The client reads too slowly."});
        return false;
    }
    ready_.push_back(std::move(text));
    waiting_ = waiting;
    if (!std::exchange(scheduled_, true)) schedule_();
    return true;
}

std::size_t WebSocketSender::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

void WebSocketSender::close(std::uint16_t code, std::string reason) {
    const std::lock_guard lock(mutex_);
    if (schedule_ && !close_) close_locked({code, std::move(reason)});
}

// Scheduled in any case: a write that is stuck must get its time limit.
void WebSocketSender::close_locked(WebSocketClose close) {
    close_ = std::move(close);
    scheduled_ = true;
    schedule_();
}

WebSocketSender::Taken WebSocketSender::take() {
    const std::lock_guard lock(mutex_);
    Taken taken{.texts = std::exchange(ready_, {}), .close = {}};
    if (!taken.texts.empty()) return taken;
    taken.close = close_;
    scheduled_ = false;
    return taken;
}

std::size_t WebSocketSender::sent(std::size_t bytes, bool end_of_message) {
    const std::lock_guard lock(mutex_);
    waiting_ -= std::min(waiting_, bytes + (end_of_message ? kMessageCost : 0));
    return waiting_;
}

void WebSocketSender::detach() noexcept {
    const std::lock_guard lock(mutex_);
    schedule_ = nullptr;
    ready_ = {};
    waiting_ = 0;
}

}  // namespace engram::http
