#include "http/server.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <future>
#include <mutex>
#include <thread>
#include <tuple>

#include "base/error.hpp"
#include "base/log.hpp"
#include "http/descriptors.hpp"
#include "http/listener.hpp"
#include "http/loop_watch.hpp"
#include "http/unix_socket.hpp"

namespace engram::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Unix = asio::local::stream_protocol;
using TcpListener = Listener<Tcp>;
using UnixListener = Listener<Unix>;

// An error here means that the client has gone already, which reading will tell.
std::string describe_tcp_peer(TcpListener::Socket& socket) {
    boost::system::error_code error;
    std::ignore = socket.set_option(Tcp::no_delay(true), error);
    const asio::ip::address address = socket.remote_endpoint(error).address();
    if (error) return {};
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

std::string describe_unix_peer(UnixListener::Socket& /*socket*/) { return {}; }

// Deadlines are kept to a quarter of the shortest of them, at best to 5 ms, at worst to 250 ms.
std::chrono::milliseconds tick_for(const ServerOptions& options) {
    const WebSocketLimits& web_sockets = options.web_sockets;
    const auto shortest = std::min({options.header_timeout, options.body_timeout, options.idle_timeout,
                                    web_sockets.ping_after, web_sockets.pong_timeout, web_sockets.close_timeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

std::size_t io_threads_of(const ServerOptions& options) {
    if (options.io_threads > 0) return options.io_threads;
    return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

TcpListener::Acceptor listen_tcp(asio::io_context& context, const ServerOptions& options) {
    try {
        const Tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
        TcpListener::Acceptor acceptor(context.get_executor(), endpoint.protocol());
        acceptor.set_option(asio::socket_base::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen();
        return acceptor;
    } catch (const boost::system::system_error& error) {
        throw base::Error(base::Code::kUnavailable, "Cannot listen on " + options.address + ":" +
                                                        std::to_string(options.port) + ": " + error.code().message() +
                                                        ".");
    }
}

UnixListener::Acceptor bind_unix(asio::io_context& context, const std::string& path) {
    remove_stale_socket(path);
    try {
        UnixListener::Acceptor acceptor(context.get_executor(), Unix());
        acceptor.bind(Unix::endpoint(path));
        return acceptor;
    } catch (const boost::system::system_error& error) {
        throw base::Error(base::Code::kUnavailable, "Cannot listen on " + path + ": " + error.code().message() + ".");
    }
}

ServerOptions fitted(ServerOptions options) {
    const std::size_t wanted = options.connections_max;
    options.connections_max = connections_within(wanted, raise_descriptor_limit());
    if (options.connections_max < wanted) {
        base::log(base::Severity::kWarning, "the limit of open files allows fewer connections than wanted",
                  {{"wanted", static_cast<std::int64_t>(wanted)},
                   {"allowed", static_cast<std::int64_t>(options.connections_max)}});
    }
    return options;
}

class BeastServer final : public Server {
public:
    BeastServer(ServerOptions options, Service service);
    ~BeastServer() override;

    std::uint16_t port() const override { return port_; }
    void stop() override;

private:
    void open_unix_socket();
    void start_threads();
    bool relieve(IoLoop& loop, std::uint64_t turn);
    void stop_listening();
    template <class Visit>
    void on_each_loop(Visit visit);

    ServerCounts counts_;  // outlives the connections of loops_
    IoLoops loops_;        // outlive the pools of core_, whose last tasks still post to them
    ServerCore core_;
    asio::io_context accepting_{1};
    std::unique_ptr<TcpListener> tcp_;
    SocketFile socket_file_;
    std::unique_ptr<UnixListener> unix_;
    std::uint16_t port_ = 0;
    std::mutex stop_mutex_;
    bool stopped_ = false;
    LoopWatch watch_;
    std::unique_ptr<GrowingPool> leaders_;  // of the loops; waits for them as it goes
    std::vector<base::Thread> threads_;
};

// As many may hold on to a handler while others lead the loops as there are workers.
BeastServer::BeastServer(ServerOptions options, Service service)
    : counts_(options),
      core_(std::move(options), std::move(service), counts_),
      watch_([this](IoLoop& loop, std::uint64_t turn) { return relieve(loop, turn); }),
      leaders_(std::make_unique<GrowingPool>("http-io", io_threads_of(core_.options) + core_.options.workers)) {
    for (std::size_t i = 0; i < io_threads_of(core_.options); ++i) {
        loops_.push_back(std::make_unique<IoLoop>(tick_for(core_.options), [this] { watch_.wake(); }));
        watch_.add(*loops_.back());
    }
    tcp_ = std::make_unique<TcpListener>(core_, loops_, listen_tcp(accepting_, core_.options), Transport::kTcp,
                                         describe_tcp_peer);
    port_ = tcp_->local_endpoint().port();
    if (!core_.options.unix_socket_path.empty()) open_unix_socket();
    start_threads();
}

void BeastServer::open_unix_socket() {
    const std::string& path = core_.options.unix_socket_path;
    auto acceptor = bind_unix(accepting_, path);
    socket_file_.take(path);  // before anybody can connect
    acceptor.listen();
    unix_ =
        std::make_unique<UnixListener>(core_, loops_, std::move(acceptor), Transport::kUnixSocket, describe_unix_peer);
}

void BeastServer::start_threads() {
    tcp_->start();
    if (unix_) unix_->start();
    for (const auto& loop : loops_) leaders_->try_submit([&loop = *loop] { loop.lead(); });
    threads_.emplace_back("http-watch", [this](const std::stop_token& stop) { watch_.run(stop); });
    threads_.emplace_back("http-accept", [this](const std::stop_token&) { accepting_.run(); });
}

// Where all leaders hold on to handlers, the loop waits as it would for a worker.
bool BeastServer::relieve(IoLoop& loop, std::uint64_t turn) {
    return leaders_->try_submit([&loop, turn] {
        if (loop.take(turn)) loop.lead();
    });
}

template <class Visit>
void BeastServer::on_each_loop(Visit visit) {
    for (const auto& loop : loops_) {
        asio::post(loop->context(), [&loop = *loop, visit] { visit(loop); });
    }
}

void BeastServer::stop_listening() {
    std::promise<void> closed;
    asio::post(accepting_, [this, &closed] {
        tcp_->stop();
        if (unix_) unix_->stop();
        closed.set_value();
    });
    closed.get_future().wait();
    socket_file_.remove();
}

void BeastServer::stop() {
    const std::lock_guard lock(stop_mutex_);
    if (std::exchange(stopped_, true)) return;
    stop_listening();
    core_.stopping = true;
    on_each_loop([](IoLoop& loop) { loop.stop_all(); });
    if (core_.connections.wait_until_empty(core_.options.shutdown_timeout)) return;
    base::log(base::Severity::kWarning, "the shutdown time-out has passed; connections are cut off");
    on_each_loop([](IoLoop& loop) { loop.abandon_all(); });
    core_.connections.wait_until_empty(core_.options.shutdown_timeout);
}

// Connections that no loop came round to closing are closed here, where nobody leads the loops any more: a WebSocket
// that somebody still holds must not refer to its loop for longer. The other pools' threads are joined after this, when
// core_ goes: a handler that still runs is waited for, and what it posts to its loop is thrown away with the loop.
BeastServer::~BeastServer() {
    stop();
    for (const auto& loop : loops_) loop->shut_down();
    for (base::Thread& thread : threads_) thread.request_stop();
    threads_.clear();  // the accepting one has nothing left to do
    leaders_.reset();
    for (const auto& loop : loops_) loop->abandon_all();
}

}  // namespace

std::unique_ptr<Server> Server::start(ServerOptions options, Service service) {
    return std::make_unique<BeastServer>(fitted(std::move(options)), std::move(service));
}

}  // namespace engram::http
