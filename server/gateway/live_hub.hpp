// Who is to be told at once what has changed: the clients of the live WebSocket, each of them a person's.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/thread.hpp"
#include "gateway/live_messages.hpp"
#include "gateway/live_socket.hpp"
#include "gateway/metrics.hpp"
#include "gateway/session_cache.hpp"
#include "http/web_socket.hpp"
#include "modules/memory/memory.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"

namespace engram::gateway {

struct LiveParts {
    SessionCache& sessions;
    user::UserService& users;
    memory::MemoryService& memories;
    Metrics& metrics;
    ports::Clock& clock;
};

// Any thread. One thread of its own reads what is to be told and watches the time; it rests where there is nothing.
// What it is made of must outlive it, and it the server whose WebSockets it has.
class LiveHub {
public:
    explicit LiveHub(const LiveParts& parts);
    ~LiveHub();
    LiveHub(const LiveHub&) = delete;
    LiveHub& operator=(const LiveHub&) = delete;

    // A client that has not said yet who it is.
    http::WebSocketEvents accept(std::shared_ptr<http::WebSocket> socket);

    // What the bus says: brief, and nothing but a look-up where nobody listens who is concerned.
    void revision_changed(const base::Uuid& owner);
    void session_changed(const base::Uuid& session_id);
    void tell(const Told& told);
    // Something may have been missed.
    void look_again();

    // For a clock that jumps, as those of tests do.
    void look_at_clock();

    static constexpr std::chrono::seconds kHelloWithin{10};
    static constexpr std::size_t kSocketsOfPersonMax = 32;

private:
    struct Client;
    using Shared = std::shared_ptr<Client>;  // by the calls of its WebSocket and whoever tells it something just now
    using Ids = std::unordered_set<base::Uuid, base::UuidHash>;
    using Steady = std::chrono::steady_clock;
    struct Due {
        std::vector<Shared> late;
        Ids sessions, people;
        bool any() const { return !late.empty() || !sessions.empty() || !people.empty(); }
    };
    struct Ending;
    static const Ending kLate, kSignedOut, kTooMany;

    void hear(const Shared& client, std::string_view text);
    void answer(const Shared& client, std::string_view text);
    void sign_in(const Shared& client, const Hello& hello);
    bool has_come(const Client& client);
    Shared join(const Shared& client, const user::Session& session);
    void end(const Shared& client, const Ending& ending);
    void leave(const Client& client);

    void work(const std::stop_token& stop);
    void do_due(const Due& due);
    void check(const base::Uuid& session_id);
    void tell_revision(const base::Uuid& owner);
    Due wait(const std::stop_token& stop);
    Due take_due();
    Ids take_expired();
    std::optional<Steady::duration> rest() const;
    void wake();
    std::vector<Shared> clients_of(const base::Uuid& owner);
    std::vector<Shared> clients_in(const base::Uuid& session_id);

    const LiveParts parts_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool woken_ = false;
    std::uint64_t accepted_ = 0;
    std::map<std::uint64_t, Shared> strangers_;                                   // in the order of their deadlines
    std::unordered_map<base::Uuid, std::vector<Shared>, base::UuidHash> people_;  // each in the order of their hellos
    Ids changed_people_, changed_sessions_;
    base::Time next_expiry_ = base::Time::max();
    Steady::time_point not_before_{};  // after a failure
    base::Thread thread_;
};

}  // namespace engram::gateway
