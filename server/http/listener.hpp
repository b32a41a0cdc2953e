// Accepts connections and hands them to the I/O loops in turn. Internal to http.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "http/io_loop.hpp"
#include "http/server_core.hpp"
#include "http/session.hpp"

namespace engram::http {

using IoLoops = std::vector<std::unique_ptr<IoLoop>>;

// All calls on the thread of `context`, the constructor and start() before it runs. `describe_peer` makes the socket
// ready and names who is at its other end.
template <class Protocol>
class Listener {
public:
    using Executor = boost::asio::io_context::executor_type;
    using Acceptor = boost::asio::basic_socket_acceptor<Protocol, Executor>;
    using Socket = boost::asio::basic_stream_socket<Protocol, Executor>;
    using DescribePeer = std::string (*)(Socket&);

    Listener(ServerCore& core, IoLoops& loops, Acceptor acceptor, Transport transport, DescribePeer describe_peer)
        : core_(core),
          loops_(loops),
          acceptor_(std::move(acceptor)),
          pause_(acceptor_.get_executor()),
          transport_(transport),
          describe_peer_(describe_peer) {}

    void start() { accept(); }
    void stop() noexcept {
        boost::system::error_code ignored;  // closed in any case
        acceptor_.close(ignored);
        pause_.cancel();
    }
    typename Protocol::endpoint local_endpoint() const { return acceptor_.local_endpoint(); }

private:
    // So many are told that the server is full; what comes beyond is closed without a word.
    static constexpr std::size_t kToldMax = 64;
    static constexpr std::chrono::milliseconds kPause{100};

    void accept() {
        IoLoop& loop = *loops_[next_++ % loops_.size()];
        acceptor_.async_accept(loop.context().get_executor(),
                               [this, &loop](const boost::system::error_code& error, Socket socket) {
                                   on_accept(error, loop, std::move(socket));
                               });
    }

    void on_accept(const boost::system::error_code& error, IoLoop& loop, Socket socket) noexcept {
        if (error == boost::asio::error::operation_aborted || !acceptor_.is_open()) return;
        try {
            if (error) return wait_and_accept(error);
            open(loop, std::move(socket));
        } catch (const std::exception& failure) {
            base::log(base::Severity::kError, "a connection was not opened", {{"error", base::describe(failure)}});
        }
        accept();
    }

    // Out of file descriptors, most likely: trying again at once would burn a core.
    void wait_and_accept(const boost::system::error_code& error) {
        base::log(base::Severity::kWarning, "cannot accept a connection", {{"error", error.message()}});
        pause_.expires_after(kPause);
        pause_.async_wait([this](const boost::system::error_code& stopped) {
            if (!stopped) accept();
        });
    }

    void open(IoLoop& loop, Socket socket) {
        std::string peer = describe_peer_(socket);
        auto session = std::make_shared<Session<Socket>>(core_, loop, std::move(socket), std::move(peer), transport_);
        const std::size_t count = core_.connections.enter();
        const bool full = count > core_.options.connections_max;
        const std::size_t of_peer_max = core_.options.connections_per_peer_max;
        const std::size_t of_peer = of_peer_max == 0 ? 0 : session->connections_of_peer();
        const bool peer_full = of_peer > of_peer_max;
        const bool untold = count > core_.options.connections_max + kToldMax || of_peer > of_peer_max + kToldMax;
        if (untold) return core_.connections.leave();
        boost::asio::post(loop.context(), [session, full, peer_full] {
            if (full) return session->start_refused({503, "The server has too many connections."});
            if (peer_full) return session->start_refused({503, "Your address has too many connections."});
            session->start();
        });
    }

    ServerCore& core_;
    IoLoops& loops_;
    Acceptor acceptor_;
    boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>,
                                      Executor>
        pause_;
    const Transport transport_;
    const DescribePeer describe_peer_;
    std::size_t next_ = 0;
};

}  // namespace engram::http
