// What waits to be sent on a WebSocket, between those who talk to its client and the I/O thread. Internal to http.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/web_socket.hpp"

namespace engram::http {

struct WebSocketClose {
    std::uint16_t code = 0;
    std::string reason;
};

// The calls of WebSocket are for any thread, the others for the I/O thread.
class WebSocketSender final : public WebSocket {
public:
    // `schedule` asks the I/O thread for a call of take(). It is called under the lock, so that none comes after
    // detach(), and must not block.
    WebSocketSender(std::size_t waiting_bytes_max, std::function<void()> schedule)
        : waiting_bytes_max_(waiting_bytes_max), schedule_(std::move(schedule)) {}

    bool send(std::string text) override;
    std::size_t waiting() const override;
    void close(std::uint16_t code, std::string reason) override;

    struct Taken {
        std::vector<std::string> texts;
        std::optional<WebSocketClose> close;  // where no text is left
    };
    // Where both are empty, `schedule` will be called.
    Taken take();

    // What is still waiting after `bytes` of a message, and its cost at its end, have been given to the system.
    std::size_t sent(std::size_t bytes, bool end_of_message);

    // The client is so far behind that it is cut off: what was taken need not be sent either.
    bool overflowed() const { return overflowed_.load(std::memory_order_acquire); }

    // The connection is over.
    void detach() noexcept;

private:
    void close_locked(WebSocketClose close);

    const std::size_t waiting_bytes_max_;
    std::atomic<bool> overflowed_{false};
    mutable std::mutex mutex_;
    std::function<void()> schedule_;  // empty once detached
    std::vector<std::string> ready_;
    std::size_t waiting_ = 0;
    std::optional<WebSocketClose> close_;
    bool scheduled_ = true;  // the I/O thread looks once the handshake is done
};

}  // namespace engram::http
