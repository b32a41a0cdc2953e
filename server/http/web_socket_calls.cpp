#include "http/web_socket_calls.hpp"

#include <utility>

#include "base/log.hpp"

namespace engram::http {

template <class Add>
void WebSocketCalls::add(Add add) {
    {
        const std::lock_guard lock(mutex_);
        add(due_);
        if (!due_.any() || std::exchange(running_, true)) return;
    }
    workers_.submit([self = shared_from_this()] { self->run(); });
}

void WebSocketCalls::open(std::shared_ptr<WebSocket> socket) {
    socket_ = std::move(socket);
    add([](Due& due) { due.open = true; });
}

void WebSocketCalls::message(std::string_view text, std::function<void()> handled) {
    add([&](Due& due) {
        due.text = text;
        due.handled = std::move(handled);
    });
}

void WebSocketCalls::drained() {
    add([this](Due& due) { due.drained = wants_drained_; });
}

void WebSocketCalls::close() {
    if (!socket_) return;
    add([](Due& due) { due.close = true; });
}

void WebSocketCalls::run() {
    for (;;) {
        Due due;
        {
            const std::lock_guard lock(mutex_);
            due = std::exchange(due_, {});
            running_ = due.any();
        }
        if (!due.any()) return;
        call(due);
    }
}

void WebSocketCalls::call(const Due& due) {
    if (due.open) {
        guarded([this] { events_ = accept_(socket_); });
        accept_ = nullptr;
        const std::lock_guard lock(mutex_);
        wants_drained_ = events_.on_drained != nullptr;
    }
    if (due.handled) {
        guarded([&] {
            if (events_.on_message) events_.on_message(due.text);
        });
        due.handled();
    }
    if (due.drained) {
        guarded([this] {
            if (events_.on_drained) events_.on_drained();
        });
    }
    if (!due.close) return;
    guarded([this] {
        if (events_.on_close) events_.on_close();
    });
    events_ = {};  // what they hold may hold the socket
    socket_ = nullptr;
}

template <class Call>
void WebSocketCalls::guarded(Call call) noexcept {
    try {
        call();
    } catch (const std::exception& error) {
        base::log(base::Severity::kError, "a WebSocket's handler threw", {{"error", base::describe(error)}});
        socket_->close(1011, "Something went wrong here.");
    }
}

}  // namespace engram::http
