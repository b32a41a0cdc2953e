// The cheapest HTTP/1.1 client that measures fairly: keep-alive, blocking, no copies but one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engram::bench {

std::string get_request(std::string_view target, std::string_view token);
std::string put_request(std::string_view target, std::string_view token, std::string_view body);
std::string post_request(std::string_view target, std::string_view token, std::string_view body);

struct Answer {
    int status = 0;
    std::string body;
};

// One connection to 127.0.0.1. Used by one thread. Throws base::Error where it breaks.
class Connection {
public:
    static std::unique_ptr<Connection> connect(std::uint16_t port);
    static std::unique_ptr<Connection> try_connect(std::uint16_t port);  // empty where nobody listens
    explicit Connection(int fd) : fd_(fd) {}
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int fd() const { return fd_; }
    void send(std::string_view request);

    // Reads what is there, waiting for at least a byte; the answer once it is whole.
    std::optional<Answer> receive_some();

    Answer exchange(std::string_view request);

private:
    std::optional<Answer> take_answer();

    int fd_;
    std::string received_;
};

}  // namespace engram::bench
