// The calls back to whoever accepted a WebSocket: one at a time, on worker threads. Internal to http.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

#include "base/thread.hpp"
#include "http/message.hpp"
#include "http/web_socket.hpp"

namespace engram::http {

// All calls are for the I/O thread and do not block. Shared with the task that makes the calls.
class WebSocketCalls final : public std::enable_shared_from_this<WebSocketCalls> {
public:
    WebSocketCalls(base::WorkerPool& workers, AcceptWebSocket accept) : workers_(workers), accept_(std::move(accept)) {}

    // First: asks for the events of `socket`.
    void open(std::shared_ptr<WebSocket> socket);

    // `text` must live until `handled` is called, on a worker thread; no other message before that.
    void message(std::string_view text, std::function<void()> handled);
    void drained();

    // Last; nothing is called where open() never was.
    void close();

private:
    struct Due {
        bool open = false;
        std::function<void()> handled;  // set where there is a message
        std::string_view text;
        bool drained = false;
        bool close = false;
        bool any() const { return open || handled || drained || close; }
    };

    template <class Add>
    void add(Add add);
    void run();
    void call(const Due& due);
    template <class Call>
    void guarded(Call call) noexcept;

    base::WorkerPool& workers_;
    AcceptWebSocket accept_;
    std::shared_ptr<WebSocket> socket_;  // shared with those who talk to the client
    WebSocketEvents events_;             // the running task's
    std::mutex mutex_;
    Due due_;
    bool running_ = false;
    bool wants_drained_ = true;  // as long as nobody knows
};

}  // namespace engram::http
