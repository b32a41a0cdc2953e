// The handlers of accounts: making one, reading and changing one's own.
#pragma once

#include <boost/describe/class.hpp>

#include "http/route.hpp"
#include "modules/user/account_erasure.hpp"
#include "modules/user/user.hpp"

namespace engram::user {

using http::Access;
using http::Answer;
using http::Caller;
using http::FieldRule;
using http::In;
using http::Method;
using http::Patch;
using http::Route;

// POST /users/: makes an account, with an invite where registration is not open.
class CreateUser : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::string phone_number, password;
        std::optional<std::string> name, email, locale, time_zone, invite;
        std::optional<base::JsonText> preferences;
        static std::vector<FieldRule> rules();
    };
    using Output = User;
    static constexpr Route kRoute{.method = Method::kPost,
                                  .path = "/users/",
                                  .access = Access::kPublic,
                                  .success = 201,
                                  .summary = "Make an account",
                                  .tag = "users",
                                  .body_bytes_max = 64 << 10,
                                  .also = {403, 409},
                                  .tries_password = true};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(CreateUser::Input, (),
                      (phone_number, password, name, email, locale, time_zone, invite, preferences))

// GET /users/me
class GetMe : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = User;
    static constexpr Route kRoute{Method::kGet, "/users/me", Access::kSignedIn, 200, {}, "Read one's account", "users"};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(GetMe::Input, (), ())

// PUT /users/me: changes what the body names.
class ChangeMe : public http::ServiceHandler<UserService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        Patch<std::string> name, email, locale, time_zone;
        std::optional<base::JsonText> preferences;
        std::optional<std::int64_t> security_level;
        static std::vector<FieldRule> rules();
    };
    using Output = User;
    static constexpr Route kRoute{
        .method = Method::kPut, .path = "/users/me", .summary = "Change one's account", .tag = "users", .also = {409}};

    Answer<Output> process(const Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(ChangeMe::Input, (), (name, email, locale, time_zone, preferences, security_level))

struct Erasure {
    base::Time erase_at{};
};
BOOST_DESCRIBE_STRUCT(Erasure, (), (erase_at))

// POST /users/me/delete: signs out everywhere; to sign in again within the grace keeps the account.
class DeleteMe : public http::ServiceHandler<AccountErasure> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::string password;
        std::optional<bool> now;
        static std::vector<FieldRule> rules();
    };
    using Output = Erasure;
    static constexpr Route kRoute{.method = Method::kPost,
                                  .path = "/users/me/delete",
                                  .success = 202,
                                  .summary = "Erase the account and all that is in it, in seven days or now",
                                  .tag = "users",
                                  .also = {409},
                                  .tries_password = true};

    Answer<Output> process(const Caller& caller, const Input& input) const;
};
BOOST_DESCRIBE_STRUCT(DeleteMe::Input, (), (password, now))

}  // namespace engram::user
