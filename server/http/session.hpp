// One connection: reads requests one after the other, has them handled, writes the answers in order. Internal to http.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/log.hpp"
#include "http/answer_stream.hpp"
#include "http/exchange.hpp"
#include "http/input_buffer.hpp"
#include "http/io_loop.hpp"
#include "http/server_core.hpp"
#include "http/socket_ends.hpp"
#include "http/status.hpp"
#include "http/upgrade.hpp"
#include "http/web_socket_session.hpp"
#include "http/wire.hpp"

namespace engram::http {

// Stream: an asio stream that is connected (after TLS: handshaken) and has its two functions in socket_ends.hpp.
// Everything runs on the thread that leads the loop but handle() and run_stream(). It lives as long as a handler of
// asio or a task refers to it.
template <class Stream>
class Session final : public Connection, public std::enable_shared_from_this<Session<Stream>> {
public:
    Session(ServerCore& core, IoLoop& loop, Stream stream, std::string peer, Transport transport)
        : core_(core),
          loop_(loop),
          stream_(std::move(stream)),
          peer_(std::move(peer)),
          transport_(transport),
          seat_(core.counts.peers, transport == Transport::kTcp ? peer_group(peer_) : std::string()) {}

    std::size_t connections_of_peer() const { return seat_.taken(); }  // with this one; 0: not counted
    void start();
    void start_refused(Refusal refusal);  // answers at once and closes

    void tick(std::uint64_t now) noexcept override;
    void stop() noexcept override;
    void abandon() noexcept override { close(); }
    void handle() noexcept override;
    void on_handled() noexcept override {
        guarded([this] { on_response(); });
    }

private:
    // kIdle: between requests. kContinue: "100 Continue" is being written. kSkipping: reads past the rest of a body
    // that the handler left. kLingering: all is written, waits for the client to close (so that no reset overtakes it).
    enum class State {
        kIdle,
        kHead,
        kContinue,
        kBody,
        kHandling,
        kWriting,
        kStreaming,
        kSkipping,
        kLingering,
        kClosed
    };
    using Error = boost::system::error_code;

    template <class Body>
    void guarded(Body body) noexcept;
    template <class Body>
    void post(Body body);
    void set_deadline(std::chrono::milliseconds span) { deadline_ = loop_.deadline(span); }
    void clear_deadline() { deadline_ = 0; }
    void start_pace();
    void set_paced_deadline(std::size_t bytes);

    void read_more();
    std::size_t bytes_to_read() const;
    void on_read(const Error& error, std::size_t count);
    void on_end_of_input();
    void proceed();
    void next_request();
    void read_head();
    void skip_empty_lines();
    void begin_request(std::size_t head_bytes);
    void receive_body();
    void feed_body();
    void on_body_refused(const Refusal& refusal);
    void on_body_complete();
    void resume_body();
    void skip_lingering();

    void dispatch();
    void on_response();
    void become_web_socket();
    void send_response(bool keep_alive);
    void refuse(const Refusal& refusal);
    bool start_stream();
    void run_stream(AnswerStream& stream) noexcept;
    void pump_stream();

    void write_more();
    void on_written(const Error& error, std::size_t count);
    void finish_exchange();
    void linger();
    void on_timeout();
    void close() noexcept;

    ServerCore& core_;
    IoLoop& loop_;
    Stream stream_;
    const std::string peer_;
    const Transport transport_;
    PeerSeat seat_;
    State state_ = State::kIdle;
    std::uint64_t deadline_ = 0;    // in ticks; 0: none
    std::uint64_t pace_start_ = 0;  // in ticks
    std::size_t paced_bytes_ = 0;   // of a body, since then
    InputBuffer input_;
    std::size_t scanned_ = 0;  // of input_, for the end of a head
    std::size_t lingered_ = 0;
    bool reading_ = false;
    bool writing_ = false;
    bool end_of_input_ = false;
    bool keep_alive_ = true;
    std::optional<Exchange> exchange_;
    Response response_;      // the worker's until on_response() is posted
    std::string out_;        // being written, then `tail_`
    std::string_view tail_;  // a long body, in response_
    std::size_t written_ = 0;
    std::shared_ptr<AnswerStream> answer_stream_;  // shared with the task that fills it
};

}  // namespace engram::http

#include "http/session_impl.hpp"
