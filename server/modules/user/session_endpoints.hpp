// The handlers of signing in, staying signed in and signing out, and of invitations.
#pragma once

#include <boost/describe/class.hpp>

#include "http/route.hpp"
#include "modules/user/user.hpp"

namespace engram::user {

using http::Access;
using http::Answer;
using http::Caller;
using http::Empty;
using http::FieldRule;
using http::In;
using http::Method;
using http::Route;

// POST /auth/login
class Login : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::optional<std::string> phone_number, email;
        std::string password;
        std::optional<std::string> user_agent;
        static std::vector<FieldRule> rules();
    };
    using Output = TokenPair;
    static constexpr Route kRoute{.method = Method::kPost,
                                  .path = "/auth/login",
                                  .access = Access::kPublic,
                                  .summary = "Sign in",
                                  .tag = "sign-in",
                                  .body_bytes_max = 64 << 10,
                                  .also = {401},
                                  .tries_password = true};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(Login::Input, (), (phone_number, email, password, user_agent))

// POST /auth/refresh
class Refresh : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::string refresh_token;
        static std::vector<FieldRule> rules();
    };
    using Output = TokenPair;
    static constexpr Route kRoute{.method = Method::kPost,
                                  .path = "/auth/refresh",
                                  .access = Access::kPublic,
                                  .summary = "Renew the tokens",
                                  .tag = "sign-in",
                                  .body_bytes_max = 64 << 10,
                                  .also = {401}};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(Refresh::Input, (), (refresh_token))

// POST /auth/logout
class Logout : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::optional<bool> everywhere;
        static std::vector<FieldRule> rules();
    };
    using Output = Empty;
    static constexpr Route kRoute{Method::kPost, "/auth/logout", Access::kSignedIn, 204, {}, "Sign out", "sign-in"};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(Logout::Input, (), (everywhere))

// An invitation as its maker sees it; the token is shown once, when it is made.
struct InviteView {
    base::Uuid id;
    http::Maybe<std::string> token;
    base::Time created_at{}, expires_at{};
    std::optional<base::Time> used_at;
};
BOOST_DESCRIBE_STRUCT(InviteView, (), (id, token, created_at, expires_at, used_at))

// POST /invites
class CreateInvite : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::optional<std::int64_t> days;
        static std::vector<FieldRule> rules();
    };
    using Output = InviteView;
    static constexpr Route kRoute{Method::kPost, "/invites", Access::kAdmin, 201, {}, "Invite a person", "invites"};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(CreateInvite::Input, (), (days))

// GET /invites
class ListInvites : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = std::vector<InviteView>;
    static constexpr Route kRoute{Method::kGet, "/invites", Access::kAdmin, 200, {}, "List the invitations", "invites"};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(ListInvites::Input, (), ())

// DELETE /invites/{id}
class RevokeInvite : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid id;
        static std::vector<FieldRule> rules();
    };
    using Output = Empty;
    static constexpr Route kRoute{Method::kDelete,        "/invites/{id}", Access::kAdmin, 204, {},
                                  "Revoke an invitation", "invites"};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(RevokeInvite::Input, (), (id))

}  // namespace engram::user
