// The bodies of Session; included by session.hpp alone.
#pragma once

#include "http/session.hpp"

namespace engram::http {

inline constexpr std::size_t kHeadReadBytes = 4 << 10;
inline constexpr std::size_t kBodyReadBytes = 64 << 10;
inline constexpr std::size_t kIdleBufferBytesMax = 16 << 10;
inline constexpr std::size_t kInputBytesWhileStreaming = 16 << 10;
inline constexpr std::size_t kJoinedBodyBytesMax = 16 << 10;  // copying so much is cheaper than a second buffer
inline constexpr std::size_t kLingerBytesMax = 16 << 20;
inline constexpr std::chrono::milliseconds kLingerTimeout{2000};

// asio's handlers must not throw into io_context::run: what fails here costs this connection only.
template <class Stream>
template <class Body>
void Session<Stream>::guarded(Body body) noexcept {
    try {
        body();
    } catch (const std::exception& error) {
        base::log(base::Severity::kError, "a connection failed", {{"error", base::describe(error)}});
        close();
    }
}

template <class Stream>
template <class Body>
void Session<Stream>::post(Body body) {
    boost::asio::post(loop_.context(), [self = this->shared_from_this(), body] { self->guarded(body); });
}

template <class Stream>
void Session<Stream>::start() {
    loop_.add(*this);
    guarded([this] { next_request(); });
}

template <class Stream>
void Session<Stream>::start_refused(Refusal refusal) {
    loop_.add(*this);
    guarded([this, &refusal] { refuse(refusal); });
}

template <class Stream>
void Session<Stream>::start_pace() {
    pace_start_ = loop_.ticks();
    paced_bytes_ = 0;
}

// A byte now and then is progress, and yet a connection must not be held for hours by it.
template <class Stream>
void Session<Stream>::set_paced_deadline(std::size_t bytes) {
    paced_bytes_ += bytes;
    set_deadline(core_.options.body_timeout);
    const std::size_t rate = core_.options.body_bytes_per_second_min;
    if (rate == 0) return;
    const std::chrono::milliseconds earned(paced_bytes_ / rate * 1000 + paced_bytes_ % rate * 1000 / rate);
    deadline_ = std::min(deadline_, pace_start_ + loop_.ticks_of(core_.options.body_timeout + earned));
}

template <class Stream>
void Session<Stream>::read_more() {
    if (reading_) return;
    if (end_of_input_) return on_end_of_input();
    reading_ = true;
    const auto room = input_.prepare(bytes_to_read());
    stream_.async_read_some(boost::asio::buffer(room.data(), room.size()),
                            [self = this->shared_from_this()](const Error& error, std::size_t count) {
                                self->guarded([&] { self->on_read(error, count); });
                            });
}

// A short body gets no more room than a head.
template <class Stream>
std::size_t Session<Stream>::bytes_to_read() const {
    if (state_ == State::kLingering) return kBodyReadBytes;
    if (state_ != State::kBody && state_ != State::kHandling && state_ != State::kSkipping) return kHeadReadBytes;
    const std::uint64_t left = exchange_->body_left().value_or(kBodyReadBytes);
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(left, kHeadReadBytes, kBodyReadBytes));
}

template <class Stream>
void Session<Stream>::on_read(const Error& error, std::size_t count) {
    reading_ = false;
    if (state_ == State::kClosed) return;
    input_.commit(count);
    if (!error) return proceed();
    end_of_input_ = true;
    on_end_of_input();
}

template <class Stream>
void Session<Stream>::on_end_of_input() {
    if (state_ == State::kHandling) {
        clear_deadline();
        exchange_->fail_body(base::Code::kMalformed, "The connection broke off.");
    } else if (state_ != State::kWriting) {
        close();
    }
}

template <class Stream>
void Session<Stream>::proceed() {
    switch (state_) {
        case State::kIdle:
        case State::kHead:
            return read_head();
        case State::kBody:
        case State::kHandling:
        case State::kSkipping:
            return feed_body();
        case State::kStreaming:  // a pipelined request waits; the read is there to notice that the client leaves
            if (input_.size() < kInputBytesWhileStreaming) read_more();
            return;
        case State::kLingering:
            return skip_lingering();
        case State::kContinue:
        case State::kWriting:
        case State::kClosed:
            return;
    }
}

template <class Stream>
void Session<Stream>::next_request() {
    exchange_.reset();
    response_ = {};  // and what a stream held
    answer_stream_.reset();
    scanned_ = 0;
    state_ = State::kIdle;
    set_deadline(core_.options.idle_timeout);
    if (!reading_) input_.shrink(kIdleBufferBytesMax);
    read_head();
}

template <class Stream>
void Session<Stream>::read_head() {
    skip_empty_lines();
    if (state_ == State::kIdle && core_.stopping && input_.empty()) return close();
    if (state_ == State::kIdle && !input_.empty()) {
        state_ = State::kHead;
        set_deadline(core_.options.header_timeout);
    }
    const std::size_t end = find_head_end(input_.view(), scanned_);
    const std::size_t head_bytes = end == std::string_view::npos ? input_.size() : end;
    if (head_bytes > core_.options.header_bytes_max) return refuse({431, "The request's head is too large."});
    if (end == std::string_view::npos) return read_more();
    begin_request(end);
}

// RFC 9112 section 2.2. The first byte of such a line has made it a head already.
template <class Stream>
void Session<Stream>::skip_empty_lines() {
    while (input_.view().starts_with("\r\n")) {
        input_.consume(2);
        scanned_ = 0;
    }
}

template <class Stream>
void Session<Stream>::begin_request(std::size_t head_bytes) {
    exchange_.emplace(core_.counts.bodies);
    exchange_->request().peer = peer_;
    exchange_->request().transport = transport_;
    const auto refusal = exchange_->begin(input_.view().substr(0, head_bytes), core_.service);
    input_.consume(head_bytes);
    if (refusal) return refuse(*refusal);
    exchange_->open_pipe([this] { post([this] { resume_body(); }); });
    if (exchange_->body_complete()) return dispatch();
    if (!exchange_->wants_continue() || !input_.empty()) return receive_body();
    state_ = State::kContinue;
    out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    write_more();
}

template <class Stream>
void Session<Stream>::receive_body() {
    state_ = State::kBody;
    start_pace();
    if (exchange_->has_pipe()) dispatch();
    feed_body();
}

template <class Stream>
void Session<Stream>::feed_body() {
    if (exchange_->body_complete() || exchange_->body_failed()) return;
    std::size_t taken = 0;
    const auto refusal = exchange_->feed(input_.view(), taken);
    input_.consume(taken);
    if (refusal) return on_body_refused(*refusal);
    if (exchange_->body_complete()) return on_body_complete();
    if (exchange_->pipe_full() && state_ == State::kHandling) return clear_deadline();  // the worker is the slow one
    set_paced_deadline(taken);
    read_more();
}

template <class Stream>
void Session<Stream>::on_body_refused(const Refusal& refusal) {
    if (state_ == State::kBody) return refuse(refusal);
    if (state_ == State::kSkipping) return close();
    clear_deadline();
}

template <class Stream>
void Session<Stream>::on_body_complete() {
    if (state_ == State::kBody) return dispatch();
    if (state_ == State::kSkipping) return next_request();
    clear_deadline();
}

template <class Stream>
void Session<Stream>::resume_body() {
    if (state_ != State::kHandling) return;
    exchange_->clear_pipe_full();
    start_pace();  // the time of a slow worker is not the client's
    feed_body();
}

template <class Stream>
void Session<Stream>::skip_lingering() {
    lingered_ += input_.size();
    input_.consume(input_.size());
    if (lingered_ > kLingerBytesMax) return close();
    read_more();
}

template <class Stream>
void Session<Stream>::dispatch() {
    state_ = State::kHandling;
    clear_deadline();
    const bool here = exchange_->is_brief() || loop_.asks_alone(*this);
    if (here && !exchange_->has_pipe()) return loop_.handle_here(this->shared_from_this());
    core_.workers.submit([self = this->shared_from_this()] {
        self->handle();
        self->post([self = self.get()] { self->on_response(); });
    });
}

template <class Stream>
void Session<Stream>::handle() noexcept {
    response_ = answer(core_.service, exchange_->request(), core_.options.gzip_bytes_min, core_.ids);
    exchange_->close_pipe();
}

template <class Stream>
void Session<Stream>::on_response() {
    if (state_ == State::kClosed) return;
    keep_alive_ = !core_.stopping && !end_of_input_ && exchange_->can_keep_alive();
    if (response_.accept_web_socket) return become_web_socket();
    if (response_.stream && !exchange_->is_head() && status_has_body(response_.status)) {
        if (start_stream()) return;
        response_ = edge_problem(503, "Too many streams are open.", core_.ids.next());
        response_.headers.add("Retry-After", "5");
    }
    send_response(keep_alive_);
}

// The session ends without closing its stream and without leaving its place among the connections: both are the
// WebSocket's from here on.
template <class Stream>
void Session<Stream>::become_web_socket() {
    const Request& request = exchange_->request();
    const std::string id = core_.ids.next();
    auto refused = refused_upgrade(request, id);
    if (!refused && (exchange_->http_1_0() || reading_ || !exchange_->body_complete()))
        refused = protocol_problem(400, "A WebSocket is opened in HTTP/1.1, without a body.", id);
    if (core_.stopping) refused = protocol_problem(503, "The server is stopping.", id);
    if (refused) {
        response_ = std::move(*refused);
        response_.headers.add("X-Request-Id", id);
        return send_response(keep_alive_);
    }
    open_web_socket(core_, loop_, std::move(stream_),
                    {.host = std::string(request.headers.find("Host").value_or("")),
                     .key = std::string(*request.headers.find("Sec-WebSocket-Key")),
                     .input = std::string(input_.view()),
                     .headers = std::move(response_.headers),
                     .accept = std::move(response_.accept_web_socket),
                     .seat = std::move(seat_)});
    state_ = State::kClosed;
    clear_deadline();
    loop_.remove(*this);
}

template <class Stream>
void Session<Stream>::send_response(bool keep_alive) {
    const bool head_request = exchange_ && exchange_->is_head();
    const bool http_1_0 = exchange_ && exchange_->http_1_0();
    if (exchange_) exchange_->drop_body();
    out_.clear();
    append_head(out_, response_,
                {.head_request = head_request,
                 .http_1_0 = http_1_0,
                 .keep_alive = keep_alive,
                 .chunked = head_request && response_.stream && !http_1_0,
                 .close_delimited = head_request && response_.stream && http_1_0});
    tail_ = {};
    if (!head_request && status_has_body(response_.status)) {
        if (response_.body.size() <= kJoinedBodyBytesMax) {
            out_ += response_.body;
        } else {
            tail_ = response_.body;
        }
    }
    state_ = State::kWriting;
    write_more();
}

template <class Stream>
void Session<Stream>::refuse(const Refusal& refusal) {
    response_ = edge_problem(refusal.status, refusal.detail, core_.ids.next());
    if (refusal.status == 503) response_.headers.add("Retry-After", "1");
    keep_alive_ = false;
    send_response(false);
}

template <class Stream>
bool Session<Stream>::start_stream() {
    const bool chunked = !exchange_->http_1_0();
    keep_alive_ = keep_alive_ && chunked && exchange_->body_complete();
    auto stream = std::make_shared<AnswerStream>(chunked, [this] { post([this] { pump_stream(); }); });
    if (!core_.streams.try_submit([self = this->shared_from_this(), stream] { self->run_stream(*stream); }))
        return false;
    answer_stream_ = std::move(stream);
    if (core_.stopping) answer_stream_->cancel();
    out_.clear();
    tail_ = {};
    append_head(out_, response_, {.keep_alive = keep_alive_, .chunked = chunked, .close_delimited = !chunked});
    state_ = State::kStreaming;
    write_more();
    if (input_.size() < kInputBytesWhileStreaming) read_more();
    return true;
}

// response_ is not touched by the I/O thread while the state is kStreaming.
template <class Stream>
void Session<Stream>::run_stream(AnswerStream& stream) noexcept {
    try {
        response_.stream(stream);
        stream.end();
    } catch (const std::exception& error) {
        base::log(base::Severity::kError, "a streamed answer threw", {{"error", base::describe(error)}});
        stream.abort();
    }
}

template <class Stream>
void Session<Stream>::pump_stream() {
    if (state_ != State::kStreaming || writing_) return;
    const AnswerStream::State state = answer_stream_->take(out_);
    if (!out_.empty()) return write_more();
    clear_deadline();
    if (state == AnswerStream::State::kEnded) return finish_exchange();
    if (state == AnswerStream::State::kAborted)
        return close();  // without the last chunk: the client sees that it broke
}

template <class Stream>
void Session<Stream>::write_more() {
    writing_ = true;
    if (written_ == 0) start_pace();  // a streamed answer at every piece: its source may be silent for long
    set_paced_deadline(written_ - paced_bytes_);
    const std::size_t of_tail = written_ > out_.size() ? written_ - out_.size() : 0;
    const std::array<boost::asio::const_buffer, 2> buffers{
        boost::asio::buffer(out_) + written_, boost::asio::buffer(tail_.data() + of_tail, tail_.size() - of_tail)};
    stream_.async_write_some(buffers, [self = this->shared_from_this()](const Error& error, std::size_t count) {
        self->guarded([&] { self->on_written(error, count); });
    });
}

template <class Stream>
void Session<Stream>::on_written(const Error& error, std::size_t count) {
    writing_ = false;
    if (state_ == State::kClosed) return;
    if (error) return close();
    written_ += count;
    if (written_ < out_.size() + tail_.size()) return write_more();
    written_ = 0;
    switch (state_) {
        case State::kContinue:
            return receive_body();
        case State::kStreaming:
            return pump_stream();
        default:
            return finish_exchange();
    }
}

template <class Stream>
void Session<Stream>::finish_exchange() {
    if (!keep_alive_ || (core_.stopping && input_.empty())) return linger();
    if (exchange_->body_complete()) return next_request();
    state_ = State::kSkipping;
    start_pace();
    feed_body();
}

template <class Stream>
void Session<Stream>::linger() {
    state_ = State::kLingering;
    set_deadline(std::min(kLingerTimeout, core_.options.body_timeout));
    finish_sending(stream_);
    skip_lingering();
}

template <class Stream>
void Session<Stream>::tick(std::uint64_t now) noexcept {
    if (deadline_ == 0 || now < deadline_) return;
    const auto self = this->shared_from_this();
    guarded([this] { on_timeout(); });
}

template <class Stream>
void Session<Stream>::on_timeout() {
    clear_deadline();
    if (state_ == State::kHead) return refuse({408, "The request's head came too slowly."});
    if (state_ == State::kBody) return refuse({408, "The request's body came too slowly."});
    if (state_ == State::kHandling) return exchange_->fail_body(base::Code::kTimeout, "The body came too slowly.");
    close();
}

template <class Stream>
void Session<Stream>::stop() noexcept {
    const auto self = this->shared_from_this();
    guarded([this] {
        const bool idle = state_ == State::kIdle && input_.empty();
        if (idle || state_ == State::kSkipping || state_ == State::kLingering) return close();
        if (answer_stream_) answer_stream_->cancel();
    });
}

template <class Stream>
void Session<Stream>::close() noexcept {
    if (state_ == State::kClosed) return;
    state_ = State::kClosed;
    clear_deadline();
    close_stream(stream_);
    if (answer_stream_) answer_stream_->cancel();
    if (exchange_) exchange_->fail_body(base::Code::kMalformed, "The connection broke off.");
    loop_.remove(*this);
    core_.connections.leave();
}

}  // namespace engram::http
