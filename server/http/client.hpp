// A small synchronous HTTP/1.1 client for engram's own socket and for tests. Not for the outside world.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/message.hpp"

namespace engram::http {

// One keep-alive connection. Used by one thread.
class Client {
public:
    // Throws base::Error (kUnavailable) where nobody listens.
    static std::unique_ptr<Client> connect_unix(const std::string& path);
    static std::unique_ptr<Client> connect_tcp(const std::string& address, std::uint16_t port);
    virtual ~Client() = default;

    // Sends the request's method, target, headers and body, or what its body_reader gives, piece by piece; returns the
    // whole answer (gzip is not asked for). Throws kUnavailable where the connection breaks.
    virtual Response send(const Request& request) = 0;

    // As send(), but hands the body of a successful answer over piece by piece; that of another is in the answer.
    virtual Response receive(const Request& request, const std::function<void(std::string_view)>& on_piece) = 0;
};

}  // namespace engram::http
