// The HTTP/1.1 server: asynchronous at the edge (Boost.Beast, one io_context per core), synchronous in the handlers
// (a pool of worker threads).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/message.hpp"
#include "http/web_socket.hpp"

namespace engram::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;     // 0: a free one
    std::string unix_socket_path;  // also listen here, mode 0600; empty: not
    std::size_t io_threads = 0;    // 0: one per core
    std::size_t workers = 64;
    std::size_t connections_max = 1024;          // more are answered 503 and closed; fewer where descriptors are few
    std::size_t connections_per_peer_max = 256;  // of a TCP peer (IPv6: a /64), loopback aside; 0: no bound
    std::size_t buffered_bytes_max = 256 << 20;  // request bodies held at once, those up to 64 KiB aside; more: 503
    std::size_t header_bytes_max = 16 << 10;
    std::size_t gzip_bytes_min = 4 << 10;                // smaller answers go as they are
    std::chrono::milliseconds header_timeout{10'000};    // from the first byte of a request to the end of its head
    std::size_t body_bytes_per_second_min = 4 << 10;     // of a body, either way, after body_timeout; 0: no bound
    std::chrono::milliseconds body_timeout{30'000};      // without any progress of a body, either way
    std::chrono::milliseconds idle_timeout{75'000};      // between two requests of a connection
    std::chrono::milliseconds shutdown_timeout{10'000};  // how long stop() waits for what it began
    WebSocketLimits web_sockets;
};

class Server {
public:
    // Listens and serves at once. Throws base::Error (kUnavailable) where the address is taken, naming it.
    static std::unique_ptr<Server> start(ServerOptions options, Service service);
    virtual ~Server() = default;

    // The port in use.
    virtual std::uint16_t port() const = 0;

    // Stops accepting, finishes the requests that have begun, closes idle connections and, with 1001, WebSockets;
    // returns when all are closed or the shutdown time-out has passed. Any thread; a second call waits for the first.
    virtual void stop() = 0;
};

}  // namespace engram::http
