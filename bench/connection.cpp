#include "bench/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"

namespace engram::bench {

namespace {

[[noreturn]] void fail(const std::string& what) { throw base::Error(base::Code::kUnavailable, what); }

std::string head(std::string_view method, std::string_view target, std::string_view token) {
    std::string text(method);
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    if (!token.empty()) text.append("Authorization: Bearer ").append(token).append("\r\n");
    return text;
}

// The number after "content-length:"; nothing where there is none.
std::optional<std::size_t> content_length(std::string_view head) {
    static constexpr std::string_view kName = "\r\ncontent-length:";
    const std::string lower = base::to_lower_ascii(head);
    const std::size_t found = lower.find(kName);
    if (found == std::string::npos) return {};
    const std::string_view value = base::trim(std::string_view(lower).substr(found + kName.size(), 24));
    std::size_t length = 0;
    std::from_chars(value.data(), value.data() + value.size(), length);
    return length;
}

int status_of(std::string_view head) {
    int status = 0;
    if (head.size() > 12) std::from_chars(head.data() + 9, head.data() + 12, status);
    return status;
}

std::string with_json(std::string text, std::string_view body) {
    text.append("Content-Type: application/json\r\nContent-Length: ").append(std::to_string(body.size()));
    return text.append("\r\n\r\n").append(body);
}

}  // namespace

std::string get_request(std::string_view target, std::string_view token) { return head("GET", target, token) + "\r\n"; }

std::string put_request(std::string_view target, std::string_view token, std::string_view body) {
    return with_json(head("PUT", target, token), body);
}

std::string post_request(std::string_view target, std::string_view token, std::string_view body) {
    return with_json(head("POST", target, token), body);
}

std::unique_ptr<Connection> Connection::try_connect(std::uint16_t port) {
    auto connection = std::make_unique<Connection>(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(connection->fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return nullptr;
    const int on = 1;
    ::setsockopt(connection->fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connection;
}

std::unique_ptr<Connection> Connection::connect(std::uint16_t port) {
    auto connection = try_connect(port);
    if (!connection) fail("Nobody listens on port " + std::to_string(port) + ".");
    return connection;
}

Connection::~Connection() { ::close(fd_); }

void Connection::send(std::string_view request) {
    while (!request.empty()) {
        const ssize_t sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
        if (sent <= 0) fail("The connection broke while sending.");
        request.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::optional<Answer> Connection::receive_some() {
    std::array<char, 64 << 10> buffer;
    const ssize_t count = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (count <= 0) fail("The connection broke while an answer was awaited.");
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    return take_answer();
}

std::optional<Answer> Connection::take_answer() {
    const std::size_t end = received_.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    const std::string_view head = std::string_view(received_).substr(0, end);
    const int status = status_of(head);
    const auto length = content_length(head);
    if (!length && status != 204) fail("An answer without Content-Length:\n" + std::string(head));
    const std::size_t whole = end + 4 + length.value_or(0);
    if (received_.size() < whole) return {};
    Answer answer{status, received_.substr(end + 4, length.value_or(0))};
    received_.erase(0, whole);
    return answer;
}

Answer Connection::exchange(std::string_view request) {
    send(request);
    for (;;) {
        if (auto answer = receive_some()) return std::move(*answer);
    }
}

}  // namespace engram::bench
