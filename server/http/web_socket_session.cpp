#include "http/web_socket_session.hpp"

#include <algorithm>
#include <boost/beast/core/buffered_read_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "base/text.hpp"
#include "http/socket_ends.hpp"
#include "http/web_socket_calls.hpp"
#include "http/web_socket_sender.hpp"
#include "http/wire.hpp"

namespace engram::http {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

constexpr std::size_t kReadBytes = 16 << 10;
constexpr std::size_t kWriteBytes = 16 << 10;  // a frame: the time limit of a write is for so many
constexpr std::size_t kIdleBufferBytesMax = 2 << 10;

// Reads first what came with the request.
class FedSocket : public beast::buffered_read_stream<AnySocket, beast::flat_buffer> {
public:
    using buffered_read_stream::buffered_read_stream;
};

// Found by Beast where a WebSocket ends.
template <class Handler>
void async_teardown(beast::role_type role, FedSocket& socket, Handler&& handler) {
    websocket::async_teardown(role, socket.next_layer(), std::forward<Handler>(handler));
}

beast::http::request<beast::http::empty_body> request_of(const Upgrade& upgrade) {
    using beast::http::field;
    beast::http::request<beast::http::empty_body> request(beast::http::verb::get, "/", 11);
    request.set(field::host, upgrade.host);
    request.set(field::connection, "upgrade");
    request.set(field::upgrade, "websocket");
    request.set(field::sec_websocket_key, upgrade.key);
    request.set(field::sec_websocket_version, "13");
    return request;
}

websocket::close_reason reason_of(const WebSocketClose& close) {
    std::string_view text = close.reason;
    if (text.size() > websocket::reason_string::static_capacity) {
        text = text.substr(0, websocket::reason_string::static_capacity + 1);
        while (base::is_continuation(text.back())) text.remove_suffix(1);
        text.remove_suffix(1);
    }
    return {static_cast<websocket::close_code>(close.code), beast::string_view(text.data(), text.size())};
}

// Owns itself until close(), which comes at the latest with the server's end; then lives for as long as a handler of
// asio or of a message refers to it. All but the destructor on the thread that leads the loop.
class WebSocketSession final : public Connection, public std::enable_shared_from_this<WebSocketSession> {
public:
    WebSocketSession(ServerCore& core, IoLoop& loop, AnySocket socket, PeerSeat seat)
        : core_(core),
          limits_(core.options.web_sockets),
          loop_(loop),
          seat_(std::move(seat)),
          stream_(std::move(socket)) {}
    ~WebSocketSession() override {
        if (sender_) sender_->detach();
    }
    WebSocketSession(const WebSocketSession&) = delete;
    WebSocketSession& operator=(const WebSocketSession&) = delete;

    void start(Upgrade upgrade);

    void tick(std::uint64_t now) noexcept override;
    void stop() noexcept override {
        guarded([this] { sender_->close(1001, "The server is stopping."); });
    }
    void abandon() noexcept override { close(); }

private:
    // kClosing: the close was ours, so that it is async_close() which ends. kLeaving: it was the client's, or Beast's
    // answer to a breach of the protocol, and reading ends.
    enum class State { kHandshake, kOpen, kClosing, kLeaving, kClosed };
    using Stream = websocket::stream<FedSocket, false>;  // without deflate, which costs memory for each connection
    using Error = beast::error_code;

    template <class Body>
    void guarded(Body body) noexcept;
    template <class Body>
    auto guard(Body body);
    void shake_hands(const Upgrade& upgrade);
    void on_accepted(const Error& error);
    void on_control(websocket::frame_type kind);
    void leave();

    void read();
    void on_read(const Error& error);
    void handle_message();
    void on_handled_message();
    void heard();
    void on_silence();

    void pump();
    void write();
    void on_written(const Error& error, std::size_t count);
    void begin_close(const WebSocketClose& reason);
    void close() noexcept;

    ServerCore& core_;
    const WebSocketLimits& limits_;
    IoLoop& loop_;
    const PeerSeat seat_;
    Stream stream_;
    std::shared_ptr<WebSocketSender> sender_;  // shared with those who talk to the client
    std::shared_ptr<WebSocketCalls> calls_;    // shared with the task that makes the calls
    State state_ = State::kHandshake;
    beast::flat_buffer message_;      // the callee's while it handles it
    std::vector<std::string> texts_;  // being sent
    std::size_t at_ = 0;              // in texts_
    std::size_t written_ = 0;         // of texts_[at_]
    bool writing_ = false;
    bool pinged_ = false;   // and nothing has come since
    bool pinging_ = false;  // the ping is being written
    std::shared_ptr<WebSocketSession> self_;
    std::uint64_t silence_until_ = 0, write_until_ = 0, close_until_ = 0;  // in ticks; 0: no bound
};

template <class Body>
void WebSocketSession::guarded(Body body) noexcept {
    try {
        body();
    } catch (const std::exception& error) {
        base::log(base::Severity::kError, "a WebSocket failed", {{"error", base::describe(error)}});
        close();
    }
}

// A handler for asio.
template <class Body>
auto WebSocketSession::guard(Body body) {
    return [self = shared_from_this(), body = std::move(body)](auto&&... results) mutable {
        self->guarded([&] { body(results...); });
    };
}

void WebSocketSession::start(Upgrade upgrade) {
    sender_ = std::make_shared<WebSocketSender>(limits_.waiting_bytes_max,
                                                [&context = loop_.context(), weak = weak_from_this()] {
                                                    boost::asio::post(context, [weak] {
                                                        if (const auto self = weak.lock())
                                                            self->guarded([&] { self->pump(); });
                                                    });
                                                });
    calls_ = std::make_shared<WebSocketCalls>(core_.workers, std::move(upgrade.accept));
    loop_.add(*this);
    self_ = shared_from_this();
    guarded([&] { shake_hands(upgrade); });
}

void WebSocketSession::shake_hands(const Upgrade& upgrade) {
    if (!upgrade.input.empty()) {
        auto& waiting = stream_.next_layer().buffer();
        waiting.commit(
            boost::asio::buffer_copy(waiting.prepare(upgrade.input.size()), boost::asio::buffer(upgrade.input)));
    }
    stream_.auto_fragment(false);
    stream_.read_message_max(limits_.message_bytes_max);
    stream_.control_callback([this](websocket::frame_type kind, beast::string_view) { on_control(kind); });
    stream_.set_option(websocket::stream_base::decorator([&upgrade](websocket::response_type& response) {
        response.set(beast::http::field::server, "beast");  // else it tells the version
        for (const Header& header : upgrade.headers)
            if (is_sendable(header)) response.insert(header.name, header.value);
    }));
    write_until_ = loop_.deadline(core_.options.body_timeout);
    stream_.async_accept(request_of(upgrade), guard([this](const Error& error) { on_accepted(error); }));
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type&) {}));  // the answer is made
}

void WebSocketSession::on_accepted(const Error& error) {
    if (state_ == State::kClosed) return;
    if (error) return close();
    write_until_ = 0;
    state_ = State::kOpen;
    calls_->open(sender_);
    pump();
    if (state_ == State::kOpen) read();
}

// Comes from within a read.
void WebSocketSession::on_control(websocket::frame_type kind) {
    if (state_ != State::kOpen) return;
    if (kind != websocket::frame_type::close) return heard();
    leave();
}

void WebSocketSession::leave() {
    state_ = State::kLeaving;
    silence_until_ = 0;
    close_until_ = loop_.deadline(limits_.close_timeout);
    sender_->detach();
}

void WebSocketSession::read() {
    heard();
    stream_.async_read_some(message_, kReadBytes, guard([this](const Error& error, std::size_t) { on_read(error); }));
}

void WebSocketSession::on_read(const Error& error) {
    if (state_ == State::kClosing || state_ == State::kClosed) return;
    if (error) return close();
    if (stream_.got_binary()) return sender_->close(1003, "Only text is spoken here.");
    if (!stream_.is_message_done()) return read();
    handle_message();
}

// Nothing more is read meanwhile: a client that sends faster than it is served is held up by TCP.
void WebSocketSession::handle_message() {
    silence_until_ = 0;
    const auto text = message_.cdata();
    calls_->message({static_cast<const char*>(text.data()), text.size()}, [self = shared_from_this()] {
        boost::asio::post(self->loop_.context(), [self] { self->guarded([&] { self->on_handled_message(); }); });
    });
}

void WebSocketSession::on_handled_message() {
    message_.clear();
    if (message_.capacity() > kIdleBufferBytesMax) message_.shrink_to_fit();
    if (state_ == State::kOpen) read();
}

void WebSocketSession::heard() {
    pinged_ = false;
    silence_until_ = loop_.deadline(limits_.ping_after);
}

void WebSocketSession::on_silence() {
    if (pinged_) return close();
    pinged_ = true;
    silence_until_ = loop_.deadline(limits_.pong_timeout);
    if (std::exchange(pinging_, true)) return;
    stream_.async_ping({}, guard([this](const Error&) { pinging_ = false; }));  // reading tells what went wrong
}

// Sends what waits, a frame at a time, then closes where that is wanted.
void WebSocketSession::pump() {
    if (state_ != State::kOpen) return;
    if (sender_->overflowed()) {
        if (close_until_ == 0) close_until_ = loop_.deadline(limits_.close_timeout);
        if (!writing_) at_ = texts_.size();
    }
    if (writing_) return;
    if (at_ < texts_.size()) return write();
    WebSocketSender::Taken taken = sender_->take();
    texts_ = std::move(taken.texts);
    at_ = written_ = 0;
    if (taken.close) return begin_close(*taken.close);
    if (!texts_.empty()) write();
}

void WebSocketSession::write() {
    writing_ = true;
    write_until_ = loop_.deadline(core_.options.body_timeout);
    const std::string& text = texts_[at_];
    const std::size_t count = std::min(text.size() - written_, kWriteBytes);
    stream_.async_write_some(written_ + count == text.size(), boost::asio::buffer(text.data() + written_, count),
                             guard([this](const Error& error, std::size_t written) { on_written(error, written); }));
}

void WebSocketSession::on_written(const Error& error, std::size_t count) {
    writing_ = false;
    write_until_ = 0;
    if (state_ != State::kOpen) return;
    if (error) return close();
    written_ += count;
    const bool end_of_message = written_ == texts_[at_].size();
    if (end_of_message) {
        texts_[at_++] = {};
        written_ = 0;
    }
    if (sender_->sent(count, end_of_message) == 0) calls_->drained();
    pump();
}

void WebSocketSession::begin_close(const WebSocketClose& reason) {
    state_ = State::kClosing;
    silence_until_ = 0;
    close_until_ = loop_.deadline(limits_.close_timeout);
    sender_->detach();
    stream_.async_close(reason_of(reason), guard([this](const Error&) { close(); }));
}

void WebSocketSession::tick(std::uint64_t now) noexcept {
    const auto is_over = [now](std::uint64_t until) { return until != 0 && now >= until; };
    if (is_over(close_until_) || is_over(write_until_)) return close();
    const auto self = shared_from_this();
    guarded([&] {
        if (state_ == State::kOpen && !stream_.is_open()) return leave();
        if (is_over(silence_until_)) on_silence();
    });
}

void WebSocketSession::close() noexcept {
    const auto self = std::move(self_);
    if (std::exchange(state_, State::kClosed) == State::kClosed) return;
    silence_until_ = write_until_ = close_until_ = 0;
    close_stream(beast::get_lowest_layer(stream_));
    sender_->detach();
    calls_->close();
    loop_.remove(*this);
    core_.connections.leave();
}

}  // namespace

void open_web_socket(ServerCore& core, IoLoop& loop, AnySocket socket, Upgrade upgrade) {
    auto session = std::make_shared<WebSocketSession>(core, loop, std::move(socket), std::move(upgrade.seat));
    session->start(std::move(upgrade));
}

}  // namespace engram::http
