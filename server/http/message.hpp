// One HTTP exchange as the rest of engram sees it; no Beast type here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engram::http {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };
std::string_view to_string(Method method);

struct Header {
    std::string name, value;
};

// Names compare without case. Few per message: a vector is the fastest map.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<Header> headers) : list_(headers) {}

    // The first value of that name; nothing where there is none.
    std::optional<std::string_view> find(std::string_view name) const;
    void add(std::string name, std::string value) { list_.push_back({std::move(name), std::move(value)}); }
    void set(std::string_view name, std::string value);  // replaces all of that name
    auto begin() const { return list_.begin(); }
    auto end() const { return list_.end(); }

private:
    std::vector<Header> list_;
};

// A body that is read as it arrives. Used by one thread.
class BodyReader {
public:
    virtual ~BodyReader() = default;

    // Waits for bytes and returns how many it wrote into `out`; 0 at the end. Throws kTooLarge past the route's limit,
    // kTimeout from a client that is too slow, kMalformed where the connection broke off.
    virtual std::size_t read(std::span<char> out) = 0;
};

enum class Transport { kTcp, kUnixSocket, kInProcess };

struct Request {
    Method method = Method::kGet;
    std::string target;  // as sent: path and query, still percent-encoded
    Headers headers;
    std::string body;                   // whole, unless the route asked for a stream
    BodyReader* body_reader = nullptr;  // owned by the server; set where the route asked for a stream
    std::string peer;                   // the client's address, without port; empty for a Unix socket
    Transport transport = Transport::kTcp;

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    std::string_view query() const;  // what follows the '?', empty where there is none
};

// Where a streamed answer goes. Used by one thread.
class BodyWriter {
public:
    virtual ~BodyWriter() = default;

    // Hands over a piece and waits while the client is behind. False: the client is gone or the server is stopping;
    // stop writing and return.
    virtual bool write(std::string_view piece) = 0;

    // True once the client is gone or the server is stopping. For a source of events between two writes.
    virtual bool cancelled() const = 0;

    // Calls `wake` once, from another thread, when cancelled() becomes true (at once where it is already).
    virtual void on_cancel(std::function<void()> wake) = 0;
};

class WebSocket;         // web_socket.hpp
struct WebSocketEvents;  // web_socket.hpp

// Called on a worker thread once the client knows that the WebSocket is open.
using AcceptWebSocket = std::function<WebSocketEvents(std::shared_ptr<WebSocket>)>;

struct Response {
    int status = 200;
    Headers headers;
    std::string body;

    // Set for an answer of unknown length: runs on a thread of its own after the headers are sent, `body` is not used.
    // Server-sent events are such an answer with Content-Type text/event-stream.
    std::function<void(BodyWriter&)> stream;

    // Set, with the status 101: the connection becomes a WebSocket, `body` is not used. A request that is no good
    // upgrade is answered 426 or 400 instead, and this is dropped.
    AcceptWebSocket accept_web_socket;
};

// What the server needs to know of a request when only its head has been read.
struct BodyPolicy {
    std::size_t bytes_max = 1 << 20;
    bool stream = false;  // hand the body over unread
    bool brief = false;   // answered in well under a millisecond, as a rule, without waiting for other requests
};

// What a server serves. Both are called from many threads at once and must not throw.
struct Service {
    // Called on an I/O thread with method, target and headers: must not block.
    std::function<BodyPolicy(const Request& head)> body_policy;
    // May block. A brief request, and one whose connection asks alone, is handled on the I/O thread, which then gives
    // its loop away as soon as the handler lasts; others on a worker.
    std::function<Response(Request& request)> handle;
};

}  // namespace engram::http
