// An HTTP server on this machine that answers as a test tells it: well, badly, or never.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "base/thread.hpp"

namespace engram::testing {

class LoopbackServer {
public:
    struct Asked {
        std::string head;  // the request's line and its headers, as they came
        std::string body;
    };
    // The bytes of the answer, on a thread of the connection. Where they are no whole answer, or none at all, the
    // connection is closed after them.
    using Answer = std::function<std::string(const Asked& asked)>;
    static constexpr std::string_view kSilence = "(silence)";  // as an answer: none, and the connection stays

    explicit LoopbackServer(Answer answer) : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, any, size) != 0 || ::listen(listener_, 64) != 0) throw std::runtime_error("no port");
        ::getsockname(listener_, any, &size);
        port_ = ntohs(address.sin_port);
        accepting_ = base::Thread("loopback", [this](const std::stop_token&) { accept(); });
    }
    ~LoopbackServer() {
        ::shutdown(listener_, SHUT_RDWR);
        accepting_.join();
        for (Connection& connection : connections_) {
            ::shutdown(connection.socket, SHUT_RDWR);
            connection.thread.join();
            ::close(connection.socket);
        }
        ::close(listener_);
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    std::string url(std::string_view path) const { return "http://" + host() + std::string(path); }
    int connections() const { return count_; }
    std::vector<Asked> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    struct Connection {
        int socket;
        base::Thread thread = {};
    };

    void accept() {
        for (int socket = 0; (socket = ::accept(listener_, nullptr, nullptr)) >= 0;) {
            ++count_;
            connections_.push_back({socket});
            connections_.back().thread = base::Thread("loopback", [this, socket](const std::stop_token&) {
                serve(socket);
                ::shutdown(socket, SHUT_RDWR);
            });
        }
    }

    void serve(int socket) {
        std::string buffer;
        while (receive(socket, buffer, "\r\n\r\n")) {
            Asked asked;
            asked.head = cut(buffer, buffer.find("\r\n\r\n") + 4);
            const std::size_t body_bytes = length_of(asked.head);
            while (buffer.size() < body_bytes && receive_some(socket, buffer)) {
            }
            asked.body = cut(buffer, body_bytes);
            {
                const std::lock_guard lock(mutex_);
                asked_.push_back(asked);
            }
            const std::string answer = answer_(asked);
            if (answer == kSilence) continue;
            if (!send(socket, answer) || !is_whole(answer)) return;
        }
    }

    static std::size_t length_of(std::string_view head) {
        const std::string lower = base::to_lower_ascii(head);
        const std::size_t at = lower.find("\ncontent-length: ");
        return at == std::string::npos ? 0 : std::stoul(lower.substr(at + 17));
    }

    static bool is_whole(std::string_view answer) {
        const std::size_t end = answer.find("\r\n\r\n");
        return end != std::string_view::npos && answer.size() - end - 4 == length_of(answer.substr(0, end));
    }

    static std::string cut(std::string& buffer, std::size_t bytes) {
        std::string front = buffer.substr(0, bytes);
        buffer.erase(0, bytes);
        return front;
    }

    static bool receive_some(int socket, std::string& buffer) {
        char piece[16384];
        const ssize_t count = ::recv(socket, piece, sizeof piece, 0);
        if (count > 0) buffer.append(piece, static_cast<std::size_t>(count));
        return count > 0;
    }

    static bool receive(int socket, std::string& buffer, std::string_view mark) {
        while (buffer.find(mark) == std::string::npos)
            if (!receive_some(socket, buffer)) return false;
        return true;
    }

    static bool send(int socket, std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    const Answer answer_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> count_ = 0;
    std::list<Connection> connections_;  // the accepting thread's, until that has ended
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
    base::Thread accepting_;
};

// A whole answer.
inline std::string http_answer(int status, std::string_view body, std::string_view more_headers = {}) {
    std::string out = "HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Length: " + std::to_string(body.size());
    return out.append("\r\n").append(more_headers).append("\r\n").append(body);
}

}  // namespace engram::testing
