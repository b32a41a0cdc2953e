// One I/O thread: its io_context, its connections and the coarse clock that their deadlines are kept by. Internal.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <list>

namespace engram::http {

// A connection as its loop sees it. All calls come on the loop's thread.
class Connection {
public:
    virtual ~Connection() = default;
    virtual void tick(std::uint64_t now) noexcept = 0;  // is the deadline over?
    virtual void stop() noexcept = 0;                   // end as soon as what has begun is done
    virtual void abandon() noexcept = 0;                // end now

private:
    friend class IoLoop;
    std::list<Connection*>::iterator place_;
};

// All but context(), run() and shut_down() is for the loop's own thread. A timer per request would cost more than the
// request's parsing: deadlines are numbers of ticks, and one timer per loop looks at them.
class IoLoop {
public:
    explicit IoLoop(std::chrono::milliseconds tick) : tick_(tick) {}

    boost::asio::io_context& context() { return context_; }
    void run() { context_.run(); }
    void shut_down() { context_.stop(); }

    void add(Connection& connection);
    void remove(Connection& connection) { connections_.erase(connection.place_); }
    void stop_all() noexcept;
    void abandon_all() noexcept;

    // The first tick that is surely later than `span` from now.
    std::uint64_t deadline(std::chrono::milliseconds span) const { return ticks_ + ticks_of(span); }
    std::uint64_t ticks() const { return ticks_; }
    std::uint64_t ticks_of(std::chrono::milliseconds span) const {
        return static_cast<std::uint64_t>((span + tick_ - std::chrono::milliseconds(1)) / tick_) + 1;
    }

private:
    void wait_for_tick();
    void on_tick() noexcept;
    template <class Visit>
    void each(Visit visit) noexcept;

    const std::chrono::milliseconds tick_;
    std::uint64_t ticks_ = 0;
    bool ticking_ = false;
    std::list<Connection*> connections_;
    boost::asio::io_context context_{1};  // last: its handlers hold connections
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    boost::asio::steady_timer timer_{context_};
};

template <class Visit>
void IoLoop::each(Visit visit) noexcept {
    for (auto at = connections_.begin(); at != connections_.end();) {
        Connection& connection = **at++;  // the visit may remove it
        visit(connection);
    }
}

inline void IoLoop::add(Connection& connection) {
    connection.place_ = connections_.insert(connections_.end(), &connection);
    if (!ticking_) wait_for_tick();
}

inline void IoLoop::stop_all() noexcept {
    each([](Connection& connection) { connection.stop(); });
}

inline void IoLoop::abandon_all() noexcept {
    each([](Connection& connection) { connection.abandon(); });
}

inline void IoLoop::wait_for_tick() {
    ticking_ = true;
    timer_.expires_after(tick_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) on_tick();
    });
}

inline void IoLoop::on_tick() noexcept {
    ++ticks_;
    each([this](Connection& connection) { connection.tick(ticks_); });
    ticking_ = false;
    if (!connections_.empty()) wait_for_tick();  // a loop without connections sleeps
}

}  // namespace engram::http
