// For tests: a client of the live WebSocket, and a WebSocket whose client takes what it is sent when the test says so.
#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "gateway/live_hub.hpp"
#include "http/test_web_socket.hpp"

namespace engram::gateway {

inline std::string hello(std::string_view token, std::string_view more = {}) {
    return R"({"type":"hello","token":")" + std::string(token) + '"' + std::string(more) + '}';
}

inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Over the network, like any other.
class LiveClient {
public:
    explicit LiveClient(std::uint16_t port) : socket_(http::TestSocket(port), {}, "/api/v1/ws") {}
    LiveClient(std::uint16_t port, std::string_view token, std::string_view more = {}) : LiveClient(port) {
        send(hello(token, more));
    }

    void send(std::string_view text) { socket_.send(text); }
    std::string read_text() { return socket_.read_text(); }
    // The next message; {} where there is none.
    boost::json::object read() {
        const std::string text = read_text();
        return text == "no text" ? boost::json::object() : base::parse_json(text).as_object();
    }
    // The next revision.
    std::int64_t revision() {
        const auto message = read();
        const auto* revision = message.if_contains("revision");
        return revision == nullptr ? -1 : revision->as_int64();
    }
    http::Frame read_frame() { return socket_.read(); }

private:
    http::TestWebSocket socket_;
};

// Remembers what it is sent. Any thread.
class SlowWebSocket final : public http::WebSocket {
public:
    bool send(std::string text) override {
        const std::lock_guard lock(mutex_);
        if (code_ != 0) return false;
        sent_.push_back(std::move(text));
        changed_.notify_all();
        return true;
    }
    std::size_t waiting() const override {
        const std::lock_guard lock(mutex_);
        return waiting_;
    }
    void close(std::uint16_t code, std::string reason) override {
        const std::lock_guard lock(mutex_);
        if (code_ != 0) return;
        code_ = code;
        reason_ = std::move(reason);
        changed_.notify_all();
    }

    void fall_behind(std::size_t waiting = 100) {
        const std::lock_guard lock(mutex_);
        waiting_ = waiting;
    }
    // All it was sent, once there is as much; for 20 s at most.
    std::vector<std::string> sent(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return sent_.size() >= count; });
        return sent_;
    }
    // How it was closed, once it is; for 20 s at most.
    std::pair<int, std::string> closed() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return code_ != 0; });
        return {code_, reason_};
    }
    bool is_open() const {
        const std::lock_guard lock(mutex_);
        return code_ == 0;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> sent_;
    std::size_t waiting_ = 0;
    int code_ = 0;
    std::string reason_;
};

// A client of the hub without a network.
struct SlowClient {
    explicit SlowClient(LiveHub& hub) : events(hub.accept(socket)) {}
    SlowClient(LiveHub& hub, std::string_view token) : SlowClient(hub) { events.on_message(hello(token)); }
    ~SlowClient() { events.on_close(); }
    SlowClient(const SlowClient&) = delete;
    SlowClient& operator=(const SlowClient&) = delete;

    void catch_up() {
        socket->fall_behind(0);
        events.on_drained();
    }

    const std::shared_ptr<SlowWebSocket> socket = std::make_shared<SlowWebSocket>();  // the hub has it too
    http::WebSocketEvents events;
};

}  // namespace engram::gateway
