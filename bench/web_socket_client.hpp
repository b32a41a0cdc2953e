// The cheapest WebSocket client that measures fairly: a file descriptor, blocking, one message at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace engram::bench {

// On 127.0.0.1. Used by one thread. Throws base::Error where it breaks.
class WebSocketClient {
public:
    WebSocketClient(std::uint16_t port, std::string_view target);
    ~WebSocketClient();
    WebSocketClient(const WebSocketClient&) = delete;
    WebSocketClient& operator=(const WebSocketClient&) = delete;

    void send(std::string_view text) const;  // a message, masked with nothing
    std::string receive() const;             // the text of the next message of up to 64 KiB

private:
    void send_bytes(std::string_view bytes) const;
    std::string receive_bytes(std::size_t count) const;

    int fd_;
};

}  // namespace engram::bench
