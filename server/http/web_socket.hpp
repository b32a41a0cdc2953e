// WebSockets (RFC 6455) as the rest of engram sees them; no Beast type here. A handler opens one by answering with
// Response::accept_web_socket. Whether the page that asks (Origin) may do so is the handler's to decide.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace engram::http {

// An open WebSocket, from the side of who talks to its client. Any thread; may outlive the connection and the server.
// No call blocks or throws but for want of memory.
class WebSocket {
public:
    virtual ~WebSocket() = default;

    // Hands over a text message (UTF-8). False: it is closed, or more than WebSocketLimits::waiting_bytes_max would
    // wait to be sent, and then it is closed with 1013.
    virtual bool send(std::string text) = 0;

    // Bytes handed over and not yet given to the system, each message counted with kMessageCost more. 0 once closed.
    virtual std::size_t waiting() const = 0;
    static constexpr std::size_t kMessageCost = 32;

    // Closes once all that was handed over is sent; the first close counts. `code`: 1000 to 1003, 1007 to 1013 or 3000
    // to 4999. `reason`: UTF-8, of which 123 bytes at most are sent.
    virtual void close(std::uint16_t code, std::string reason) = 0;
};

// What is called back, each of them may be empty: one call at a time, on a worker thread, which it may block. The last
// call returns before ~Server does. An exception is logged and closes with 1011.
struct WebSocketEvents {
    std::function<void(std::string_view text)> on_message;  // in order; the next one is read when this returns
    std::function<void()> on_drained;                       // waiting() came down to 0: a sender may conflate till then
    std::function<void()> on_close;                         // once, last, whatever the reason
};

struct WebSocketLimits {
    std::size_t message_bytes_max = 64 << 10;        // from the client; more: closed with 1009
    std::size_t waiting_bytes_max = 256 << 10;       // of one client that is behind
    std::chrono::milliseconds ping_after{30'000};    // of silence of the client
    std::chrono::milliseconds pong_timeout{30'000};  // then without any sign of life: the connection is cut
    std::chrono::milliseconds close_timeout{2'000};  // for the client's answer to a close
};

}  // namespace engram::http
