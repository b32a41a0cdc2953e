// What WebSockets cost: memory of idle ones, time from send() to the client, and from a message to its answer. The
// server is in this process, and so are the clients, which are file descriptors and nothing else.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "http/server.hpp"

namespace engram::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Sockets = std::vector<std::shared_ptr<http::WebSocket>>;  // shared with the server

constexpr std::size_t kIdle = 256, kRounds = 5'000, kPayload = 100;
constexpr std::string_view kUpgrade =
    "GET /ws HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

long resident_kb() {
    std::ifstream file("/proc/self/statm");
    long size = 0, resident = 0;
    file >> size >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

class Client {
public:
    explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw base::Error(base::Code::kUnavailable, "The server does not listen.");
        send(kUpgrade);
        std::string head;
        while (!head.ends_with("\r\n\r\n")) head += receive(1);
        if (!head.starts_with("HTTP/1.1 101")) throw base::Error(base::Code::kUnavailable, "No WebSocket: " + head);
    }
    ~Client() { ::close(fd_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view bytes) const { ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    std::string receive(std::size_t count) const {
        std::string bytes(count, '\0');
        if (::recv(fd_, bytes.data(), count, MSG_WAITALL) != static_cast<ssize_t>(count))
            throw base::Error(base::Code::kUnavailable, "The server closed.");
        return bytes;
    }

private:
    int fd_;
};

// Opens WebSockets that answer each message with itself.
class Opened {
public:
    http::Service service() {
        return {[](const http::Request&) { return http::BodyPolicy{.brief = true}; },
                [this](http::Request&) {
                    http::Response response{.status = 101};
                    response.accept_web_socket = [this](std::shared_ptr<http::WebSocket> socket) {
                        return accept(std::move(socket));
                    };
                    return response;
                }};
    }
    Sockets wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return sockets_.size() >= count; });
        return sockets_;
    }

private:
    http::WebSocketEvents accept(std::shared_ptr<http::WebSocket> socket) {
        const std::lock_guard lock(mutex_);
        sockets_.push_back(socket);
        changed_.notify_all();
        return {.on_message = [socket = std::move(socket)](std::string_view text) { socket->send(std::string(text)); },
                .on_drained = {},
                .on_close = {}};
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    Sockets sockets_;
};

void print_percentiles(const char* what, std::vector<double> us) {
    std::sort(us.begin(), us.end());
    std::printf("| %s | %.0f | %.0f | %.0f |\n", what, us[us.size() / 2], us[us.size() * 99 / 100], us.back());
}

template <class Round>
void measure(const char* what, Round round) {
    std::vector<double> us;
    for (std::size_t i = 0; i < kRounds; ++i) {
        const auto begun = Clock::now();
        round();
        us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begun).count());
    }
    print_percentiles(what, std::move(us));
}

void measure_memory(std::uint16_t port, Opened& opened, std::vector<std::unique_ptr<Client>>& clients) {
    const long before = resident_kb();
    for (std::size_t i = 0; i < kIdle; ++i) clients.push_back(std::make_unique<Client>(port));
    opened.wait_for(kIdle);
    const long first = resident_kb() - before;
    for (std::size_t i = 0; i < kIdle; ++i) clients.push_back(std::make_unique<Client>(port));
    opened.wait_for(2 * kIdle);
    const long second = resident_kb() - before - first;
    std::puts("| idle WebSockets | resident memory more, KiB | of each, KiB |\n|--:|--:|--:|");
    std::printf("| the first %zu, with all that a server makes at its first use | %ld | %.1f |\n", kIdle, first,
                static_cast<double>(first) / kIdle);
    std::printf("| the next %zu | %ld | %.1f |\n\n", kIdle, second, static_cast<double>(second) / kIdle);
}

// The client's thread waits in recv(), as it does for an answer.
void measure_times(const Client& client, http::WebSocket& socket) {
    const std::string text(kPayload, 'x');
    constexpr std::string_view kMaskedHead("\x81\xe4\0\0\0\0", 6);  // 100 bytes, masked with nothing
    std::puts("| 100 bytes, among 512 open ones | median, us | 99 of 100, us | worst, us |\n|---|--:|--:|--:|");
    measure("send() to the client", [&] {
        socket.send(text);
        client.receive(2 + kPayload);
    });
    measure("message to its answer", [&] {
        client.send(std::string(kMaskedHead) + text);
        client.receive(2 + kPayload);
    });
}

void run() {
    Opened opened;
    http::ServerOptions options;
    options.port = 0;
    const auto server = http::Server::start(options, opened.service());
    std::vector<std::unique_ptr<Client>> clients;
    measure_memory(server->port(), opened, clients);
    measure_times(*clients.front(), *opened.wait_for(1).front());
}

}  // namespace
}  // namespace engram::bench

int main() {
    try {
        engram::bench::run();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_web_sockets: %s\n", error.what());
        return 1;
    }
}
