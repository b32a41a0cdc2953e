// The door of the user module: people, their sessions, and who may join.
#pragma once

#include <boost/describe/class.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/json.hpp"
#include "base/time.hpp"

namespace engram::user {

struct User {
    base::Uuid id;
    std::string phone_number;
    std::optional<std::string> name, email;
    base::Time created_at{}, updated_at{};
    bool is_active = true, is_verified = false;
    std::int64_t security_level = 3;
    std::string role = "member";
    std::optional<std::string> locale, time_zone;
    base::JsonText preferences;
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, phone_number, name, email, created_at, updated_at, is_active, is_verified, security_level,
                       role, locale, time_zone, preferences))

struct NewUser {
    std::string phone_number, password;
    std::optional<std::string> name, email, locale, time_zone;
    base::JsonText preferences;
    std::optional<std::string> invite;
};

// Absent: leave it. In `name`, `email`, `locale` and `time_zone` an inner empty value clears the field.
struct UserChange {
    std::optional<std::optional<std::string>> name, email, locale, time_zone;
    std::optional<base::JsonText> preferences;
    std::optional<std::int64_t> security_level;
};

struct TokenPair {
    std::string access_token, refresh_token;
    std::string token_type = "bearer";
    std::int64_t expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(TokenPair, (), (access_token, refresh_token, token_type, expires_in))

// What the gateway needs to know of a session that is not over.
struct Session {
    base::Uuid id, user_id;
    int level = 1;  // what the person may read and write in it
    bool admin = false;
    base::Time expires_at{};
};

// Where a sign-in comes from, for the person's list of sessions.
struct Device {
    std::string ip_address, user_agent;
};

struct Invite {
    base::Uuid id;
    std::string token;  // only in the answer that makes it
    base::Time created_at{}, expires_at{};
    std::optional<base::Time> used_at;
};

// The level a session works at before step-up: Private at the most, less where the person wants less.
int session_level(std::int64_t security_level);

enum class Registration { kOpen, kInvite, kClosed };

class UserService {
public:
    virtual ~UserService() = default;

    // Makes an account. By `trusted` (engram's own command line) no invite is asked for; else as the registration
    // setting says. The first account is an admin's. Throws kInvalid naming every bad field, kForbidden without an
    // invite, kConflict naming the taken field.
    virtual User create(const NewUser& user, bool trusted) = 0;

    virtual std::optional<User> find(const base::Uuid& id) = 0;
    virtual std::optional<User> find_by_phone_number(std::string_view phone_number) = 0;

    // The ids of all accounts, in order.
    virtual std::vector<base::Uuid> everybody() = 0;

    // The one person of this installation; nothing where there are none or several.
    virtual std::optional<User> only_user() = 0;

    virtual User change(const base::Uuid& id, const UserChange& change) = 0;

    // `name` is a phone number or an e-mail address. An account that was to be erased stays by it. Throws
    // kUnauthenticated, the same for a wrong name and password.
    virtual TokenPair login(std::string_view name, std::string_view password, const Device& device) = 0;

    // A new pair for a refresh token. The one before answers the same pair for 30 s; after that its use ends the
    // session, since somebody else holds a copy. Throws kUnauthenticated.
    virtual TokenPair refresh(std::string_view refresh_token) = 0;

    virtual void logout(const base::Uuid& user_id, const base::Uuid& session_id, bool everywhere) = 0;

    // Nothing where the session is over.
    virtual std::optional<Session> find_session(const base::Uuid& session_id) = 0;

    // Called with the id of each session that ends or whose level changes, before the call that did it returns. Set at
    // start, by app.
    using OnSessionChanged = std::function<void(const base::Uuid& session_id)>;
    virtual void on_session_changed(OnSessionChanged listener) = 0;

    // An invitation; of kind setup while there is no account, which makes the first one an admin's.
    virtual Invite invite(const std::optional<base::Uuid>& created_by, std::chrono::seconds good_for) = 0;
    virtual std::vector<Invite> invites() = 0;
    virtual bool revoke_invite(const base::Uuid& id) = 0;

    virtual bool setup_needed() = 0;  // no account yet
    virtual Registration registration() const = 0;
};

}  // namespace engram::user
