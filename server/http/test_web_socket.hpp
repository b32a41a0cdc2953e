// A WebSocket client for tests, which can also misbehave, and the other side of it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/server.hpp"
#include "http/test_socket.hpp"
#include "http/web_socket.hpp"

namespace engram::http {

enum Opcode : unsigned { kContinuation = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10, kEnd = 99 };

struct Frame {
    unsigned opcode = kEnd;  // kEnd: the connection ended instead
    bool fin = false;
    std::string payload;

    // Of a close; 0 where it has none.
    int code() const {
        if (opcode != kClose || payload.size() < 2) return 0;
        return static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
    }
};

// As a client sends it: masked.
inline std::string frame(unsigned opcode, std::string_view payload, bool fin = true) {
    constexpr std::string_view kMask = "\x11\xa2\x37\xf4";
    std::string out{static_cast<char>((fin ? 0x80U : 0U) | opcode)};
    const std::size_t size = payload.size();
    const int length_bytes = size < 126 ? 0 : size < 65536 ? 2 : 8;
    out += static_cast<char>(0x80U | (length_bytes == 0 ? size : length_bytes == 2 ? 126U : 127U));
    for (int i = length_bytes - 1; i >= 0; --i) out += static_cast<char>(size >> (8 * i));
    out += kMask;
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(payload[i] ^ kMask[i % 4]);
    return out;
}

inline std::string close_frame(unsigned code) {
    return frame(kClose, std::string{static_cast<char>(code >> 8U), static_cast<char>(code)});
}

inline std::string upgrade_request(std::string_view target = "/ws") {
    return get(target,
               "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
}

class TestWebSocket {
public:
    // Sends the upgrade request with `behind` in one piece and reads the answer.
    explicit TestWebSocket(TestSocket socket, std::string_view behind = {}, std::string_view target = "/ws")
        : socket_(std::move(socket)) {
        socket_.send(upgrade_request(target).append(behind));
        answer_ = socket_.read_until("\r\n\r\n");
    }
    explicit TestWebSocket(std::uint16_t port, std::string_view behind = {})
        : TestWebSocket(TestSocket(port), behind) {}

    TestSocket& socket() { return socket_; }
    const std::string& answer() const { return answer_; }
    bool send(std::string_view text) { return socket_.send(frame(kText, text)); }

    Frame read() {
        const std::string head = socket_.read_bytes(2);
        if (head.size() < 2) return {};
        Frame frame{.opcode = head[0] & 0xfU, .fin = (head[0] & 0x80U) != 0, .payload = {}};
        std::size_t size = static_cast<unsigned char>(head[1]);  // a server does not mask
        const std::string longer = socket_.read_bytes(size < 126 ? 0 : size == 126 ? 2 : 8);
        if (!longer.empty()) size = 0;
        for (const char byte : longer) size = size << 8U | static_cast<unsigned char>(byte);
        frame.payload = socket_.read_bytes(size);
        return frame;
    }
    // A whole message; "no text" where something else comes.
    std::string read_text() {
        Frame next = read();
        if (next.opcode != kText) return "no text";
        std::string text = std::move(next.payload);
        while (!next.fin) text += (next = read()).payload;
        return text;
    }

private:
    TestSocket socket_;
    std::string answer_;
};

// What a server's side of one WebSocket saw. Waits for events, for 10 s at most.
class Accepted {
public:
    std::function<void(WebSocket&, std::string_view)> on_message = [](WebSocket& socket, std::string_view text) {
        socket.send(std::string(text));
    };

    // For a handler of "/ws"; all else is echoed.
    Service service(bool brief = false) {
        return {[brief](const Request&) { return BodyPolicy{.brief = brief}; },
                [this](Request& request) {
                    if (request.path() != "/ws") return echo(request);
                    Response response{.status = 101};
                    response.headers = {{"X-One", "1"}, {"X Two", "2"}};
                    response.accept_web_socket = [this](const std::shared_ptr<WebSocket>& socket) {
                        return open(socket);
                    };
                    return response;
                }};
    }
    WebSocketEvents open(const std::shared_ptr<WebSocket>& socket) {
        change([&] { sockets_.push_back(socket); });
        return {.on_message =
                    [this, socket](std::string_view text) {
                        change([&] { messages_.emplace_back(text); });
                        on_message(*socket, text);
                    },
                .on_drained = [this] { change([&] { ++drained_; }); },
                .on_close = [this] { change([&] { ++closed_; }); }};
    }

    std::shared_ptr<WebSocket> socket() {
        wait([this] { return !sockets_.empty(); });
        return sockets_.at(0);
    }
    std::vector<std::shared_ptr<WebSocket>> sockets(std::size_t count) {
        wait([&] { return sockets_.size() >= count; });
        return sockets_;
    }
    std::vector<std::string> messages(std::size_t count) {
        wait([&] { return messages_.size() >= count; });
        return messages_;
    }
    bool wait_drained() {
        return wait([this] { return drained_ > 0; });
    }
    bool wait_closed(int count = 1) {
        return wait([&] { return closed_ == count; });
    }

private:
    template <class Change>
    void change(Change change) {
        const std::lock_guard lock(mutex_);
        change();
        changed_.notify_all();
    }
    template <class Condition>
    bool wait(Condition condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), condition);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::shared_ptr<WebSocket>> sockets_;  // shared: the server holds them too
    std::vector<std::string> messages_;
    int drained_ = 0, closed_ = 0;
};

}  // namespace engram::http
