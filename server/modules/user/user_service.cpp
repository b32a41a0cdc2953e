#include "modules/user/user_service.hpp"

#include <array>
#include <mutex>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/user/user_policy.hpp"
#include "modules/user/user_store.hpp"

namespace engram::user {
namespace {

using base::Code;
using base::Error;

Error signed_out(std::string safe) { return Error(Code::kUnauthenticated, std::move(safe)); }

Error taken(std::string field, std::string message) {
    Error error(Code::kConflict, message);
    error.fields.push_back({std::move(field), "taken", std::move(message)});
    return error;
}

class Service final : public UserService {
public:
    Service(ports::Database& database, security::SecurityService& security, ports::Clock& clock, ports::Random& random,
            UserOptions options)
        : database_(database), security_(security), clock_(clock), random_(random), options_(options) {}

    User create(const NewUser& wanted, bool trusted) override;
    std::optional<User> find(const base::Uuid& id) override;
    std::optional<User> find_by_phone_number(std::string_view phone_number) override;
    std::vector<base::Uuid> everybody() override;
    std::optional<User> only_user() override;
    User change(const base::Uuid& id, const UserChange& change) override;
    TokenPair login(std::string_view name, std::string_view password, const Device& device) override;
    TokenPair refresh(std::string_view refresh_token) override;
    void logout(const base::Uuid& user_id, const base::Uuid& session_id, bool everywhere) override;
    std::optional<Session> find_session(const base::Uuid& session_id) override;
    void on_session_changed(OnSessionChanged listener) override { session_changed_ = std::move(listener); }
    Invite invite(const std::optional<base::Uuid>& created_by, std::chrono::seconds good_for) override;
    std::vector<Invite> invites() override;
    bool revoke_invite(const base::Uuid& id) override;
    bool setup_needed() override;
    Registration registration() const override { return options_.registration; }

private:
    base::Uuid new_id();
    User user_of(const NewUser& wanted);
    void check_admission(ports::Transaction& tx, const NewUser& wanted, bool first);
    void store_user(ports::Transaction& tx, const NewUser& wanted, const User& user, std::string_view hash);
    TokenPair pair_of(const SessionRow& session);
    SessionRow rotate(ports::Transaction& tx, const security::RefreshClaims& claims, bool& stolen);
    template <class T, class Read>
    T read(Read body);

    ports::Database& database_;
    security::SecurityService& security_;
    ports::Clock& clock_;
    ports::Random& random_;
    const UserOptions options_;
    OnSessionChanged session_changed_ = [](const base::Uuid&) {};
};

template <class T, class Read>
T Service::read(Read body) {
    T result{};
    database_.read({}, [&](ports::Transaction& tx) { result = body(tx); });
    return result;
}

base::Uuid Service::new_id() { return ports::new_uuid7(random_, clock_.now()); }

User Service::user_of(const NewUser& wanted) {
    if (security::is_leaked_password(wanted.password))
        throw base::invalid_field("password", "leaked",
                                  "is one of the passwords that attackers try first; choose another, such as three "
                                  "words that do not belong together");
    User user;
    user.id = new_id();
    user.phone_number = wanted.phone_number;
    user.name = wanted.name;
    if (wanted.email) user.email = base::to_lower_ascii(*wanted.email);
    user.created_at = user.updated_at = clock_.now();
    user.locale = wanted.locale;
    user.time_zone = wanted.time_zone;
    user.preferences = wanted.preferences;
    return user;
}

// Throws where nobody may join like this.
void Service::check_admission(ports::Transaction& tx, const NewUser& wanted, bool first) {
    const auto kind =
        wanted.invite ? store::find_invite_kind(tx, base::hash_text(*wanted.invite), clock_.now()) : std::nullopt;
    if (kind && (first || (*kind == "member" && may_join_invited(options_.registration)))) return;
    if (first)
        throw Error(Code::kForbidden,
                    "The first account is made with the set-up link that engram prints when it starts; it is good for "
                    "60 minutes. Start engram again for a new one.");
    if (!may_join_invited(options_.registration)) throw Error(Code::kForbidden, "This engram takes no new accounts.");
    if (wanted.invite) throw Error(Code::kForbidden, "This invitation has been used or is too old. Ask for a new one.");
    if (!may_join_uninvited(options_.registration))
        throw Error(Code::kForbidden, "An invitation is needed to join. Ask the person who runs this engram for one.");
}

// Stores the account; of several at once with one invitation, one gets through.
void Service::store_user(ports::Transaction& tx, const NewUser& wanted, const User& user, std::string_view hash) {
    if (store::phone_number_taken(tx, user.phone_number))
        throw taken("phone_number", "There is an account with this phone number already.");
    if (user.email && store::email_taken(tx, *user.email, user.id))
        throw taken("email", "There is an account with this e-mail address already.");
    store::insert_user(tx, user, hash);
    if (wanted.invite && !store::use_invite(tx, base::hash_text(*wanted.invite), user.id, clock_.now()))
        throw Error(Code::kForbidden, "This invitation has been used or is too old. Ask for a new one.");
}

// Admission comes before everything that tells who is here, and before the work of hashing.
User Service::create(const NewUser& wanted, bool trusted) {
    const auto admit = [&](ports::Transaction& tx) {
        const bool first = store::first_two_users(tx).empty();
        if (!trusted) check_admission(tx, wanted, first);
        return first;
    };
    read<bool>(admit);
    const User user = user_of(wanted);
    const std::string password_hash = security_.hash_password(wanted.password);
    User created;
    database_.write({}, [&](ports::Transaction& tx) {
        created = user;
        const bool first = admit(tx);
        if (first) created.role = "admin";
        store_user(tx, wanted, created, password_hash);
        if (first) store::delete_setup_invites(tx);
    });
    return created;
}

std::optional<User> Service::find(const base::Uuid& id) {
    return read<std::optional<User>>([&](auto& tx) { return store::find_user(tx, id); });
}

std::optional<User> Service::find_by_phone_number(std::string_view phone_number) {
    return read<std::optional<User>>([&](auto& tx) { return store::find_user_by_phone(tx, phone_number); });
}

std::vector<base::Uuid> Service::everybody() {
    std::vector<base::Uuid> ids;
    database_.read({}, [&](ports::Transaction& tx) { ids = store::ids(tx); });
    return ids;
}

std::optional<User> Service::only_user() {
    auto users = read<std::vector<User>>([&](auto& tx) { return store::first_two_users(tx); });
    if (users.size() != 1) return std::nullopt;
    return std::move(users[0]);
}

bool Service::setup_needed() {
    return read<bool>([&](auto& tx) { return store::first_two_users(tx).empty(); });
}

User Service::change(const base::Uuid& id, const UserChange& change) {
    User user;
    std::vector<base::Uuid> sessions;
    database_.write({}, [&](ports::Transaction& tx) {
        auto found = store::find_user(tx, id);
        if (!found) throw Error(Code::kNotFound, "There is no such account.");
        user = *std::move(found);
        if (change.name) user.name = *change.name;
        if (change.email) user.email = *change.email;
        if (change.locale) user.locale = *change.locale;
        if (change.time_zone) user.time_zone = *change.time_zone;
        if (change.preferences) user.preferences = *change.preferences;
        if (change.security_level && *change.security_level > user.security_level) {
            Error error(Code::kForbidden,
                        "Raising the security level needs a step-up, which this engram cannot do yet.");
            error.type = "step-up-required";
            throw error;
        }
        if (change.security_level) {
            user.security_level = *change.security_level;
            sessions = store::session_ids(tx, id);
        }
        if (user.email) user.email = base::to_lower_ascii(*user.email);
        if (user.email && store::email_taken(tx, *user.email, id))
            throw taken("email", "There is an account with this e-mail address already.");
        user.updated_at = clock_.now();
        store::update_user(tx, user);
    });
    for (const base::Uuid& session : sessions) session_changed_(session);
    return user;
}

TokenPair Service::pair_of(const SessionRow& session) {
    const base::Time expires = session.rotated_at + options_.access_lifetime;
    return {.access_token = security_.access_token({session.user_id, session.id, session.rotated_at, expires}),
            .refresh_token = security_.refresh_token({session.id, session.generation}),
            .expires_in = options_.access_lifetime.count()};
}

TokenPair Service::login(std::string_view name, std::string_view password, const Device& device) {
    const std::string normal = is_email(name) ? base::to_lower_ascii(name) : std::string(name);
    const auto known = read<std::optional<Credentials>>([&](auto& tx) { return store::find_credentials(tx, normal); });
    const bool good = security_.verify_password(known ? known->password_hash : "", password);
    if (!good || !known->user.is_active)
        throw signed_out("The phone number or e-mail address and the password do not belong together.");
    const base::Time now = clock_.now();
    const SessionRow session{new_id(), known->user.id, 1, now, now, now + options_.session_lifetime, device};
    database_.write({}, [&](ports::Transaction& tx) {
        if (store::erasure_of(tx, known->user.id)) store::set_erasure(tx, known->user.id, std::nullopt, true);
        store::insert_session(tx, session, now);
    });
    return pair_of(session);
}

// The session after this refresh; sets `stolen` where a token was used that a newer one has replaced for good.
SessionRow Service::rotate(ports::Transaction& tx, const security::RefreshClaims& claims, bool& stolen) {
    const base::Time now = clock_.now();
    auto session = store::find_session_row(tx, claims.session_id);
    if (!session || session->expires_at <= now) throw signed_out("This session is over. Sign in again.");
    if (claims.generation == session->generation) {
        if (!store::rotate_session(tx, session->id, session->generation, now, now + options_.session_lifetime))
            throw Error(Code::kUnavailable, "The session was refreshed by another request. Try again.");
        ++session->generation;
        session->rotated_at = now;
        return *session;
    }
    stolen = claims.generation != session->generation - 1 || now - session->rotated_at > options_.refresh_grace;
    if (stolen) store::delete_session(tx, session->user_id, session->id);
    return *session;
}

TokenPair Service::refresh(std::string_view refresh_token) {
    const auto claims = security_.check_refresh_token(refresh_token);
    if (!claims) throw signed_out("This is not a refresh token of this engram. Sign in again.");
    SessionRow session;
    bool stolen = false;
    database_.write({}, [&](ports::Transaction& tx) {
        stolen = false;
        session = rotate(tx, *claims, stolen);
    });
    if (stolen) {
        session_changed_(claims->session_id);
        throw signed_out("This refresh token was used before; to be safe, the session has ended. Sign in again.");
    }
    return pair_of(session);
}

void Service::logout(const base::Uuid& user_id, const base::Uuid& session_id, bool everywhere) {
    std::vector<base::Uuid> ended;
    database_.write({}, [&](ports::Transaction& tx) {
        ended = {session_id};
        if (everywhere)
            ended = store::delete_sessions(tx, user_id);
        else
            store::delete_session(tx, user_id, session_id);
    });
    for (const base::Uuid& id : ended) session_changed_(id);
}

std::optional<Session> Service::find_session(const base::Uuid& session_id) {
    auto session =
        read<std::optional<Session>>([&](auto& tx) { return store::find_session(tx, session_id, clock_.now()); });
    if (session) session->level = session_level(session->level);
    return session;
}

Invite Service::invite(const std::optional<base::Uuid>& created_by, std::chrono::seconds good_for) {
    std::array<std::uint8_t, 18> secret{};
    random_.fill(secret);
    const base::Time now = clock_.now();
    const Invite invite{new_id(), base::to_base64url(secret), now, now + good_for, std::nullopt};
    const InviteRow row{
        invite.id,        base::hash_text(invite.token), created_by ? "member" : "setup", created_by, invite.created_at,
        invite.expires_at};
    database_.write({}, [&](ports::Transaction& tx) {
        if (!created_by) store::delete_setup_invites(tx);
        store::insert_invite(tx, row);
    });
    return invite;
}

std::vector<Invite> Service::invites() {
    return read<std::vector<Invite>>([&](auto& tx) { return store::list_invites(tx); });
}

bool Service::revoke_invite(const base::Uuid& id) {
    bool found = false;
    database_.write({}, [&](ports::Transaction& tx) { found = store::delete_invite(tx, id); });
    return found;
}

}  // namespace

std::unique_ptr<UserService> make_user_service(ports::Database& database, security::SecurityService& security,
                                               ports::Clock& clock, ports::Random& random, UserOptions options) {
    return std::make_unique<Service>(database, security, clock, random, options);
}

}  // namespace engram::user
