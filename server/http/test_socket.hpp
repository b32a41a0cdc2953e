// A raw connection for the tests of this folder: sends bytes as they are, reads with a bound of 10 s.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "http/server.hpp"

namespace engram::http {

class TestSocket {
public:
    explicit TestSocket(std::uint16_t port, int receive_buffer_bytes = 0, in_addr_t to = htonl(INADDR_LOOPBACK))
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval bound{10, 0};
        const int on = 1;
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (receive_buffer_bytes > 0) {
            ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = to;
        connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    explicit TestSocket(const std::string& unix_socket_path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval bound{10, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        unix_socket_path.copy(address.sun_path, sizeof address.sun_path - 1);
        connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~TestSocket() { close(); }
    TestSocket(TestSocket&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_), buffer_(std::move(other.buffer_)) {}
    TestSocket& operator=(TestSocket&&) = delete;

    bool connected() const { return connected_; }

    // False where the server has closed.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // Sends 'x' up to `count` times; ends early where the server has not taken any for 200 ms.
    std::size_t send_until_blocked(std::size_t count) {
        const std::string piece(std::min<std::size_t>(count, 64 << 10), 'x');
        std::size_t total = 0;
        pollfd ready{fd_, POLLOUT, 0};
        while (total < count && ::poll(&ready, 1, 200) > 0) {
            const std::size_t wanted = std::min(piece.size(), count - total);
            const ssize_t sent = ::send(fd_, piece.data(), wanted, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent <= 0) break;
            total += static_cast<std::size_t>(sent);
        }
        return total;
    }
    void finish_sending() { ::shutdown(fd_, SHUT_WR); }
    void close() {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

    // Up to and with `mark`; what came where the connection ends first.
    std::string read_until(std::string_view mark) {
        std::size_t at = std::string::npos;
        while ((at = buffer_.find(mark)) == std::string::npos && receive()) {
        }
        return cut(at == std::string::npos ? buffer_.size() : at + mark.size());
    }
    std::string read_bytes(std::size_t count) {
        while (buffer_.size() < count && receive()) {
        }
        return cut(std::min(count, buffer_.size()));
    }
    // All until the server closes. After a time-out or a reset it begins with "connection lost".
    std::string read_to_end() {
        while (receive()) {
        }
        if (!clean_end_) buffer_.insert(0, "connection lost, errno " + std::to_string(errno_) + ": ");
        return cut(buffer_.size());
    }
    // One answer with a Content-Length (head only where `head_request`).
    std::string read_answer(bool head_request = false) {
        std::string head = read_until("\r\n\r\n");
        const std::string lower = base::to_lower_ascii(head);
        const std::size_t at = lower.find("content-length: ");
        if (head_request || at == std::string::npos) return head;
        return head + read_bytes(std::stoul(lower.substr(at + 16)));
    }
    // What has come, without waiting for more than 5 ms.
    std::string_view read_available() {
        pollfd ready{fd_, POLLIN, 0};
        if (::poll(&ready, 1, 5) > 0) receive();
        return buffer_;
    }
    std::string ask(std::string_view bytes) {
        send(bytes);
        return read_answer();
    }

private:
    bool receive() {
        char piece[16384];
        const ssize_t count = ::recv(fd_, piece, sizeof piece, 0);
        if (count > 0) buffer_.append(piece, static_cast<std::size_t>(count));
        if (count < 0) errno_ = errno;
        clean_end_ = count == 0;
        return count > 0;
    }
    std::string cut(std::size_t count) {
        std::string out = buffer_.substr(0, count);
        buffer_.erase(0, count);
        return out;
    }

    int fd_;
    bool connected_ = false;
    bool clean_end_ = false;
    int errno_ = 0;
    std::string buffer_;
};

inline std::string get(std::string_view target, std::string_view more_headers = {}) {
    std::string out = "GET ";
    out.append(target).append(" HTTP/1.1\r\nHost: test\r\n").append(more_headers).append("\r\n");
    return out;
}

inline std::string post(std::string_view target, std::string_view body, std::string_view more_headers = {}) {
    std::string out = "POST ";
    out.append(target).append(" HTTP/1.1\r\nHost: test\r\nContent-Length: ").append(std::to_string(body.size()));
    out.append("\r\n").append(more_headers).append("\r\n").append(body);
    return out;
}

inline int status_of(std::string_view answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(std::string(answer.substr(9, 3))) : 0;
}

inline std::string_view body_of(std::string_view answer) {
    const std::size_t at = answer.find("\r\n\r\n");
    return at == std::string_view::npos ? std::string_view{} : answer.substr(at + 4);
}

inline bool has_header(std::string_view answer, std::string_view line) {
    const std::string_view head = answer.substr(0, answer.find("\r\n\r\n") + 2);
    return head.find("\r\n" + std::string(line) + "\r\n") != std::string_view::npos;
}

// A server on a free port that says what it was asked: "METHOD target body".
inline Response echo(Request& request) {
    Response response;
    response.headers.add("Content-Type", "text/plain");
    response.body = std::string(to_string(request.method)) + " " + request.target + " " + request.body;
    return response;
}

inline ServerOptions test_options() {
    ServerOptions options;
    options.port = 0;
    options.io_threads = 2;
    options.workers = 8;
    return options;
}

inline std::unique_ptr<Server> start_echo(ServerOptions options = test_options()) {
    return Server::start(std::move(options), {[](const Request&) { return BodyPolicy{}; }, echo});
}

}  // namespace engram::http
