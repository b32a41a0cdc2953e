#include "bench/web_socket_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.hpp"

namespace engram::bench {
namespace {

[[noreturn]] void fail(const std::string& what) { throw base::Error(base::Code::kUnavailable, what); }

std::size_t number_of(std::string_view bytes) {
    std::size_t number = 0;
    for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

}  // namespace

WebSocketClient::WebSocketClient(std::uint16_t port, std::string_view target)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail("The server does not listen.");
    send_bytes("GET " + std::string(target) +
               " HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    std::string head;
    while (!head.ends_with("\r\n\r\n")) head += receive_bytes(1);
    if (!head.starts_with("HTTP/1.1 101")) fail("No WebSocket: " + head);
}

WebSocketClient::~WebSocketClient() { ::close(fd_); }

void WebSocketClient::send(std::string_view text) const {
    std::string frame("\x81");
    if (text.size() < 126) {
        frame += static_cast<char>(0x80U | text.size());
    } else {
        frame += static_cast<char>(0x80U | 126U);
        frame += static_cast<char>(text.size() >> 8U);
        frame += static_cast<char>(text.size());
    }
    send_bytes(frame.append(4, '\0').append(text));
}

std::string WebSocketClient::receive() const {
    const std::string head = receive_bytes(2);
    if (head[0] != '\x81') fail("The server closed the WebSocket.");
    const auto length = static_cast<unsigned char>(head[1]);
    return receive_bytes(length < 126 ? length : number_of(receive_bytes(2)));
}

void WebSocketClient::send_bytes(std::string_view bytes) const {
    if (::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
        fail("The server closed.");
}

std::string WebSocketClient::receive_bytes(std::size_t count) const {
    std::string bytes(count, '\0');
    if (::recv(fd_, bytes.data(), count, MSG_WAITALL) != static_cast<ssize_t>(count)) fail("The server closed.");
    return bytes;
}

}  // namespace engram::bench
