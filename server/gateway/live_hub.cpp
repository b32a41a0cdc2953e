#include "gateway/live_hub.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"

namespace engram::gateway {
namespace {

using base::Code;

constexpr std::chrono::hours kLongestRest{1};  // while a machine sleeps, steady time may stand still
constexpr std::chrono::seconds kRestAfterFailure{1};

}  // namespace

// Why and how a client's WebSocket is closed; with a message where there is a word for it.
struct LiveHub::Ending {
    std::uint16_t code;
    const char* reason;
    const char* word = nullptr;
    std::string detail = {};
};

const LiveHub::Ending LiveHub::kLate{4408, "late", "unauthorised", "Say hello within 10 seconds."};
const LiveHub::Ending LiveHub::kSignedOut{4401, "signed out"};
const LiveHub::Ending LiveHub::kTooMany{4429, "too many"};

// All but the socket under the hub's mutex.
struct LiveHub::Client {
    Client(std::shared_ptr<http::WebSocket> web_socket, Metrics& metrics) : socket(std::move(web_socket), metrics) {}

    LiveSocket socket;
    std::uint64_t number = 0;
    Steady::time_point deadline;  // of its hello
    std::optional<user::Session> session;
    bool ended = false;
};

LiveHub::LiveHub(const LiveParts& parts)
    : parts_(parts), thread_("live", [this](const std::stop_token& stop) { work(stop); }) {}

LiveHub::~LiveHub() = default;

http::WebSocketEvents LiveHub::accept(std::shared_ptr<http::WebSocket> socket) {
    const auto client = std::make_shared<Client>(std::move(socket), parts_.metrics);
    parts_.metrics.count_live_socket(1);
    {
        const std::lock_guard lock(mutex_);
        client->number = ++accepted_;
        client->deadline = parts_.clock.steady_now() + kHelloWithin;
        strangers_.emplace(client->number, client);
        if (strangers_.size() == 1) wake();
    }
    return {.on_message = [this, client](std::string_view text) { hear(client, text); },
            .on_drained = [client] { client->socket.drained(); },
            .on_close =
                [this, client] {
                    leave(*client);
                    parts_.metrics.count_live_socket(-1);
                }};
}

// The edge of the gateway: an error becomes a message and a code.
void LiveHub::hear(const Shared& client, std::string_view text) {
    if (!has_come(*client)) return;
    try {
        answer(client, text);
    } catch (const base::Error& error) {
        switch (error.code()) {
            case Code::kMalformed:
            case Code::kTooLarge:
                return end(client, {4400, "malformed", "malformed", error.safe()});
            case Code::kUnauthenticated:
                return end(client, {4401, "unauthorised", "unauthorised", error.safe()});
            default:
                base::log(base::Severity::kWarning, "a live socket is given up", {{"error", base::describe(error)}});
                return end(client, {1013, "try again later", "unavailable", error.safe()});
        }
    }
}

void LiveHub::answer(const Shared& client, std::string_view text) {
    const ClientMessage message = parse_client_message(text);
    if (const auto* hello = std::get_if<Hello>(&message)) return sign_in(client, *hello);
    {
        const std::lock_guard lock(mutex_);
        if (!client->session) throw base::Error(Code::kMalformed, "The first message is a hello.");
    }
    client->socket.answer(kPong);
}

void LiveHub::sign_in(const Shared& client, const Hello& hello) {
    const auto session = parts_.sessions.find(hello.token);
    if (!session)
        throw base::Error(Code::kUnauthenticated,
                          "This access token is not good any more. Refresh it, or sign in again.");
    if (const Shared oldest = join(client, *session)) end(oldest, kTooMany);
    // Whoever ended the session meanwhile has not found this client.
    if (!parts_.sessions.find(hello.token)) end(client, kSignedOut);
}

// It is in time. False: it has ended.
bool LiveHub::has_come(const Client& client) {
    const std::lock_guard lock(mutex_);
    strangers_.erase(client.number);
    return !client.ended;
}

// Gives the one that is too many now.
LiveHub::Shared LiveHub::join(const Shared& client, const user::Session& session) {
    const std::lock_guard lock(mutex_);
    if (client->session) throw base::Error(Code::kMalformed, "One hello is enough.");
    client->session = session;
    std::vector<Shared>& clients = people_[session.user_id];
    clients.push_back(client);
    changed_people_.insert(session.user_id);
    next_expiry_ = std::min(next_expiry_, session.expires_at);
    wake();
    return clients.size() > kSocketsOfPersonMax ? clients.front() : nullptr;
}

void LiveHub::end(const Shared& client, const Ending& ending) {
    leave(*client);
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(client->ended, true)) return;
    }
    if (ending.word != nullptr) client->socket.answer(error_message(ending.word, ending.detail));
    client->socket.close(ending.code, ending.reason);
}

void LiveHub::leave(const Client& client) {
    const std::lock_guard lock(mutex_);
    strangers_.erase(client.number);
    if (!client.session) return;
    const auto found = people_.find(client.session->user_id);
    if (found == people_.end()) return;
    std::erase_if(found->second, [&](const Shared& other) { return other.get() == &client; });
    if (found->second.empty()) people_.erase(found);
}

void LiveHub::revision_changed(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_);
    if (people_.contains(owner) && changed_people_.insert(owner).second) wake();
}

void LiveHub::session_changed(const base::Uuid& session_id) {
    const std::lock_guard lock(mutex_);
    if (!people_.empty() && changed_sessions_.insert(session_id).second) wake();
}

void LiveHub::tell(const Told& told) {
    for (const Shared& client : clients_of(told.owner)) client->socket.tell(told.id, told.message);
}

void LiveHub::look_again() {
    const std::lock_guard lock(mutex_);
    for (const auto& [owner, clients] : people_) {
        changed_people_.insert(owner);
        for (const Shared& client : clients) changed_sessions_.insert(client->session->id);
    }
    not_before_ = {};
    wake();
}

void LiveHub::look_at_clock() {
    const std::lock_guard lock(mutex_);
    wake();
}

void LiveHub::wake() {
    woken_ = true;
    changed_.notify_one();
}

void LiveHub::work(const std::stop_token& stop) {
    for (Due due = wait(stop); !stop.stop_requested(); due = wait(stop)) {
        for (const Shared& client : due.late) end(client, kLate);
        try {
            do_due(due);
        } catch (const base::Error& error) {
            base::log(base::Severity::kWarning, "clients are told later", {{"error", base::describe(error)}});
            const std::lock_guard lock(mutex_);
            changed_sessions_.merge(due.sessions);
            changed_people_.merge(due.people);
            not_before_ = parts_.clock.steady_now() + kRestAfterFailure;
        }
    }
}

void LiveHub::do_due(const Due& due) {
    for (const base::Uuid& session_id : due.sessions) check(session_id);
    for (const base::Uuid& owner : due.people) tell_revision(owner);
}

// One that goes on may last longer than before.
void LiveHub::check(const base::Uuid& session_id) {
    const std::vector<Shared> clients = clients_in(session_id);
    if (clients.empty()) return;
    const auto session = parts_.users.find_session(session_id);
    for (const Shared& client : clients) {
        if (!session) {
            end(client, kSignedOut);
            continue;
        }
        const std::lock_guard lock(mutex_);
        client->session = session;
        next_expiry_ = std::min(next_expiry_, session->expires_at);
    }
}

void LiveHub::tell_revision(const base::Uuid& owner) {
    const std::vector<Shared> clients = clients_of(owner);
    if (clients.empty()) return;
    const memory::Status status = parts_.memories.status({.owner = owner, .author = owner});
    for (const Shared& client : clients) client->socket.tell(status);
}

LiveHub::Due LiveHub::wait(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    for (;;) {
        woken_ = false;
        Due due = take_due();
        if (due.any() || stop.stop_requested()) return due;
        const auto is_woken = [this] { return woken_; };
        if (const auto longest = rest())
            changed_.wait_for(lock, stop, *longest, is_woken);
        else
            changed_.wait(lock, stop, is_woken);
    }
}

LiveHub::Due LiveHub::take_due() {
    Due due;
    const auto now = parts_.clock.steady_now();
    for (auto at = strangers_.begin(); at != strangers_.end() && at->second->deadline <= now; ++at)
        due.late.push_back(at->second);
    if (next_expiry_ <= parts_.clock.now()) changed_sessions_.merge(take_expired());
    if (not_before_ > now) return due;
    due.sessions = std::exchange(changed_sessions_, {});
    due.people = std::exchange(changed_people_, {});
    return due;
}

// The sessions that are over by what is known of them.
LiveHub::Ids LiveHub::take_expired() {
    Ids expired;
    const base::Time now = parts_.clock.now();
    next_expiry_ = base::Time::max();
    for (const auto& [owner, clients] : people_) {
        for (const Shared& client : clients) {
            const base::Time at = client->session->expires_at;
            if (at <= now)
                expired.insert(client->session->id);
            else
                next_expiry_ = std::min(next_expiry_, at);
        }
    }
    return expired;
}

// Until something is due; nothing: for ever.
std::optional<LiveHub::Steady::duration> LiveHub::rest() const {
    const auto now = parts_.clock.steady_now();
    std::optional<Steady::duration> least;
    const auto also = [&](Steady::duration rest) {
        least = std::min({least.value_or(kLongestRest), rest, Steady::duration(kLongestRest)});
    };
    if (!strangers_.empty()) also(strangers_.begin()->second->deadline - now);
    if (next_expiry_ != base::Time::max()) also(next_expiry_ - parts_.clock.now());
    if (!changed_sessions_.empty() || !changed_people_.empty()) also(not_before_ - now);
    return least;
}

std::vector<LiveHub::Shared> LiveHub::clients_of(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_);
    const auto found = people_.find(owner);
    return found == people_.end() ? std::vector<Shared>() : found->second;
}

std::vector<LiveHub::Shared> LiveHub::clients_in(const base::Uuid& session_id) {
    const std::lock_guard lock(mutex_);
    std::vector<Shared> all;
    for (const auto& [owner, clients] : people_)
        std::ranges::copy_if(clients, std::back_inserter(all),
                             [&](const Shared& client) { return client->session->id == session_id; });
    return all;
}

}  // namespace engram::gateway
