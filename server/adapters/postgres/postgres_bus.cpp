#include "adapters/postgres/postgres_bus.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "adapters/postgres/bus_words.hpp"
#include "adapters/postgres/postgres_connection.hpp"
#include "adapters/postgres/postgres_error.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/thread.hpp"
#include "ports/subscribers.hpp"

namespace engram::postgres {
namespace {

using std::chrono::milliseconds;
using OwnConnection = std::unique_ptr<PGconn, CloseConnection>;

constexpr milliseconds kRestMin{100}, kRestMax{5'000};

std::string new_name(ports::Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    return base::to_hex(bytes);
}

void must(PGconn* connection, Result result) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return;
    if (PQstatus(connection) == CONNECTION_BAD) throw lost(connection);
    throw to_error(result.get(), "the bus", false);
}

// What ends a wait of the listening thread.
class StopEvent {
public:
    StopEvent() : fd_(::eventfd(0, EFD_CLOEXEC)) {
        if (fd_ < 0) throw unavailable("no descriptor for the bus");
    }
    ~StopEvent() { ::close(fd_); }
    StopEvent(const StopEvent&) = delete;
    StopEvent& operator=(const StopEvent&) = delete;

    void set() const {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(fd_, &one, sizeof one);
    }
    // Waits until it is set, or `fd` can be read, or so long; -1: for ever. True: it is set.
    bool wait(int fd, int timeout_ms) const {
        std::array<pollfd, 2> both{{{fd_, POLLIN, 0}, {fd, POLLIN, 0}}};
        ::poll(both.data(), fd < 0 ? 1 : 2, timeout_ms);
        return both[0].revents != 0;
    }

private:
    int fd_;
};

class PostgresBus final : public ports::Bus {
public:
    PostgresBus(const PostgresOptions& options, ports::Random& random)
        : options_(options), name_(new_name(random)), waiting_(name_) {}
    ~PostgresBus() override { PostgresBus::stop(); }
    PostgresBus(const PostgresBus&) = delete;
    PostgresBus& operator=(const PostgresBus&) = delete;

    void subscribe(std::string_view topic, OnWord function) override { subscribers_.add(topic, std::move(function)); }
    void on_gap(std::function<void()> function) override { subscribers_.add_on_gap(std::move(function)); }
    void start() override {
        listener_ = base::Thread("bus in", [this](const std::stop_token& stop) { listen(stop); });
        sender_ = base::Thread("bus out", [this](const std::stop_token& stop) { send(stop); });
    }
    void stop() override {
        listener_.request_stop();
        sender_.request_stop();
        stopped_.set();
        listener_.join();
        sender_.join();
    }
    void publish(std::string_view topic, std::string_view text) noexcept override {
        if (text.size() > kTextMax) return;
        subscribers_.tell(topic, text);
        publish_to_others(topic, text);
    }
    void publish_to_others(std::string_view topic, std::string_view text) noexcept override;

private:
    void listen(const std::stop_token& stop);
    void listen_once(milliseconds& rest);
    void hear(PGconn* connection);
    void send(const std::stop_token& stop);
    void send_once(OwnConnection& connection, const std::vector<std::string>& payloads, std::size_t& sent);

    const PostgresOptions options_;
    const std::string name_;
    ports::Subscribers subscribers_;
    WaitingWords waiting_;
    StopEvent stopped_;
    base::Thread listener_, sender_;
};

// The wrapper around what may want memory: without it the word is lost.
void PostgresBus::publish_to_others(std::string_view topic, std::string_view text) noexcept try {
    if (text.size() <= kTextMax) waiting_.add(topic, text);
} catch (const std::exception& error) {
    base::log(base::Severity::kError, "a word is lost", {{"topic", topic}, {"error", base::describe(error)}});
}

// Warns of the first failure after a success: what follows is the same.
void warn(const char* what, const base::Error& error, milliseconds rest) {
    if (rest == kRestMin) base::log(base::Severity::kWarning, what, {{"error", base::describe(error)}});
}

void PostgresBus::listen(const std::stop_token& stop) {
    milliseconds rest = kRestMin;
    while (!stop.stop_requested()) {
        try {
            listen_once(rest);
        } catch (const base::Error& error) {
            warn("the bus does not hear the other processes", error, rest);
            stopped_.wait(-1, static_cast<int>(rest.count()));
            rest = std::min(2 * rest, kRestMax);
        }
    }
}

void PostgresBus::listen_once(milliseconds& rest) {
    const OwnConnection connection = connect(options_, Role::kApplication);
    must(connection.get(), Result(PQexec(connection.get(), "LISTEN engram")));
    rest = kRestMin;
    subscribers_.tell_gap();
    for (hear(connection.get()); !stopped_.wait(PQsocket(connection.get()), -1); hear(connection.get()))
        if (PQconsumeInput(connection.get()) != 1) throw lost(connection.get());
}

void PostgresBus::hear(PGconn* connection) {
    struct Free {
        void operator()(PGnotify* word) const { PQfreemem(word); }
    };
    for (;;) {
        const std::unique_ptr<PGnotify, Free> word(PQnotifies(connection));
        if (!word) return;
        unpack(word->extra, name_, [this](std::string_view topic, std::string_view text) {
            topic == kGapTopic ? subscribers_.tell_gap() : subscribers_.tell(topic, text);
        });
    }
}

// What waits while it rests is gathered; what was taken is sent once the server is there.
void PostgresBus::send(const std::stop_token& stop) {
    OwnConnection connection;
    milliseconds rest = kRestMin;
    for (auto payloads = waiting_.take(stop); !payloads.empty(); payloads = waiting_.take(stop)) {
        for (std::size_t sent = 0; sent < payloads.size();) {
            try {
                send_once(connection, payloads, sent);
                rest = kRestMin;
            } catch (const base::Error& error) {
                warn("the bus does not reach the other processes", error, rest);
                if (connection && error.code() != base::Code::kUnavailable) {
                    ++sent;  // the server is there and will not have it
                    continue;
                }
                connection.reset();
                if (stop.stop_requested() || stopped_.wait(-1, static_cast<int>(rest.count()))) return;
                rest = std::min(2 * rest, kRestMax);
            }
        }
    }
}

void PostgresBus::send_once(OwnConnection& connection, const std::vector<std::string>& payloads, std::size_t& sent) {
    if (!connection) {
        connection = connect(options_, Role::kApplication);
        // A word may be lost, so nobody need wait for the disk.
        must(connection.get(), Result(PQexec(connection.get(), "SET synchronous_commit = off")));
    }
    for (; sent < payloads.size(); ++sent) {
        const std::array<const char*, 1> values{payloads[sent].c_str()};
        Result result(PQexecParams(connection.get(), "SELECT pg_notify('engram', $1)", 1, nullptr, values.data(),
                                   nullptr, nullptr, 0));
        must(connection.get(), std::move(result));
    }
}

}  // namespace

std::unique_ptr<ports::Bus> make_postgres_bus(const PostgresOptions& options, ports::Random& random) {
    return std::make_unique<PostgresBus>(options, random);
}

}  // namespace engram::postgres
