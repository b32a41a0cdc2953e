// What one client of the live WebSocket is told: where it is behind, the newest only.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/metrics.hpp"
#include "http/web_socket.hpp"
#include "modules/memory/memory.hpp"

namespace engram::gateway {

// Any thread. The metrics must outlive it.
class LiveSocket {
public:
    // `socket` is shared with the server.
    LiveSocket(std::shared_ptr<http::WebSocket> socket, Metrics& metrics)
        : socket_(std::move(socket)), metrics_(metrics) {}

    // The revision where it has grown, with the epoch where that is another; both at first.
    void tell(const memory::Status& status);

    // The newest of an id, once the first revision is told. Of more than kIdsMax that wait, others are lost.
    void tell(const std::string& id, const std::string& message);
    static constexpr std::size_t kIdsMax = 64;

    // At once, whatever waits.
    void answer(std::string message);

    // The client has caught up: what waited goes.
    void drained();

    void close(std::uint16_t code, std::string reason) { socket_->close(code, std::move(reason)); }

private:
    void flush();
    void send(std::string message);

    const std::shared_ptr<http::WebSocket> socket_;
    Metrics& metrics_;
    std::mutex mutex_;
    std::optional<std::int64_t> epoch_;     // as told
    std::int64_t revision_ = 0;             // as told
    std::optional<memory::Status> status_;  // to be told
    std::map<std::string, std::string> messages_;
};

}  // namespace engram::gateway
