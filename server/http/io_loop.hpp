// One I/O loop: its io_context, its connections, the coarse clock that their deadlines are kept by, and the one thread
// that leads it. Internal.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <utility>

namespace engram::http {

// A connection as its loop sees it. All calls but handle() come on the thread that leads the loop.
class Connection {
public:
    virtual ~Connection() = default;
    virtual void tick(std::uint64_t now) noexcept = 0;  // is the deadline over?
    virtual void stop() noexcept = 0;                   // end as soon as what has begun is done
    virtual void abandon() noexcept = 0;                // end now
    virtual void handle() noexcept {}                   // runs the handler of the request that has come
    virtual void on_handled() noexcept {}               // its answer is there

private:
    friend class IoLoop;
    std::list<Connection*>::iterator place_;
};

// Exactly one thread is inside the io_context: the leader. A handler that may run on it (handle_here) costs no change
// of thread; where it lasts, another thread takes the lead (take), and the first one only hands its answer over. So a
// loop never waits for a handler for longer than the watch (loop_watch.hpp) takes to notice. Leader and followers:
// Schmidt et al., PLoP 2000. lead(), turn(), take(), context() and shut_down() are for any thread, all else for the
// leader.
class IoLoop {
public:
    // `wake` is called as a turn begins: somebody must watch it from now on.
    IoLoop(std::chrono::milliseconds tick, std::function<void()> wake) : tick_(tick), wake_(std::move(wake)) {}

    boost::asio::io_context& context() { return context_; }

    // Leads until the loop is shut down or the lead is taken.
    void lead();
    void shut_down() { context_.stop(); }

    // Handles the request of `connection` on this thread once asio's own handler has returned.
    void handle_here(std::shared_ptr<Connection> connection) { handled_here_ = std::move(connection); }

    // True: no other connection has asked lately, so that holding up the loop holds up nobody.
    bool asks_alone(const Connection& connection);

    // Counts the handlers that ran here: odd while one runs.
    std::uint64_t turn() const { return turn_.load(std::memory_order_acquire); }

    // Ends somebody else's turn; true: the caller must lead() now. False: that turn is over.
    bool take(std::uint64_t turn) { return turn_.compare_exchange_strong(turn, turn + 1); }

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
    static constexpr std::uint64_t kTicksCrowded = 2;

    bool handle_and_keep_lead(std::shared_ptr<Connection> connection);
    void wait_for_tick();
    void on_tick() noexcept;
    template <class Visit>
    void each(Visit visit) noexcept;

    const std::chrono::milliseconds tick_;
    const std::function<void()> wake_;
    std::atomic<std::uint64_t> turn_{0};
    std::shared_ptr<Connection> handled_here_;  // shared with asio's handlers, as every connection is
    const Connection* last_asker_ = nullptr;    // compared only
    std::uint64_t crowded_until_ = 0;           // in ticks
    std::uint64_t ticks_ = 0;
    bool ticking_ = false;
    std::list<Connection*> connections_;
    boost::asio::io_context context_{1};  // last: its handlers hold connections
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    boost::asio::steady_timer timer_{context_};
};

inline void IoLoop::lead() {
    while (!context_.stopped()) {
        context_.run_one();
        if (handled_here_ && !handle_and_keep_lead(std::exchange(handled_here_, nullptr))) return;
    }
}

inline bool IoLoop::handle_and_keep_lead(std::shared_ptr<Connection> connection) {
    std::uint64_t turn = turn_.load(std::memory_order_relaxed) + 1;
    turn_.store(turn);
    wake_();
    connection->handle();
    if (turn_.compare_exchange_strong(turn, turn + 1)) {
        connection->on_handled();
        return true;
    }
    boost::asio::post(context_, [connection = std::move(connection)] { connection->on_handled(); });
    return false;
}

inline bool IoLoop::asks_alone(const Connection& connection) {
    if (connections_.size() == 1) return true;
    if (std::exchange(last_asker_, &connection) != &connection) crowded_until_ = ticks_ + kTicksCrowded;
    return ticks_ >= crowded_until_;
}

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
