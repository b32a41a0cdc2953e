// What WebSockets cost: memory of idle ones, time from send() to the client, and from a message to its answer. The
// server is in this process, and so are the clients, which are file descriptors and nothing else.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "bench/guarded.hpp"
#include "bench/web_socket_client.hpp"
#include "http/server.hpp"

namespace engram::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Clients = std::vector<std::unique_ptr<WebSocketClient>>;
using Sockets = std::vector<std::shared_ptr<http::WebSocket>>;  // shared with the server

constexpr std::size_t kIdle = 256, kRounds = 5'000, kPayload = 100;
long resident_kb() {
    std::ifstream file("/proc/self/statm");
    long size = 0, resident = 0;
    file >> size >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

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

void measure_memory(std::uint16_t port, Opened& opened, Clients& clients) {
    const long before = resident_kb();
    for (std::size_t i = 0; i < kIdle; ++i) clients.push_back(std::make_unique<WebSocketClient>(port, "/ws"));
    opened.wait_for(kIdle);
    const long first = resident_kb() - before;
    for (std::size_t i = 0; i < kIdle; ++i) clients.push_back(std::make_unique<WebSocketClient>(port, "/ws"));
    opened.wait_for(2 * kIdle);
    const long second = resident_kb() - before - first;
    std::puts("| idle WebSockets | resident memory more, KiB | of each, KiB |\n|--:|--:|--:|");
    std::printf("| the first %zu, with all that a server makes at its first use | %ld | %.1f |\n", kIdle, first,
                static_cast<double>(first) / kIdle);
    std::printf("| the next %zu | %ld | %.1f |\n\n", kIdle, second, static_cast<double>(second) / kIdle);
}

// The client's thread waits in recv(), as it does for an answer.
void measure_times(const WebSocketClient& client, http::WebSocket& socket) {
    const std::string text(kPayload, 'x');
    std::puts("| 100 bytes, among 512 open ones | median, us | 99 of 100, us | worst, us |\n|---|--:|--:|--:|");
    measure("send() to the client", [&] {
        socket.send(text);
        client.receive();
    });
    measure("message to its answer", [&] {
        client.send(text);
        client.receive();
    });
}

void run() {
    Opened opened;
    http::ServerOptions options;
    options.port = 0;
    const auto server = http::Server::start(options, opened.service());
    Clients clients;
    measure_memory(server->port(), opened, clients);
    measure_times(*clients.front(), *opened.wait_for(1).front());
}

}  // namespace
}  // namespace engram::bench

int main() {
    return engram::bench::guarded("bench_web_sockets", [] {
        engram::bench::run();
        return 0;
    });
}
