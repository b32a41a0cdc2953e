// The door of the security module: passwords, access tokens, and what the classes of privacy mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/time.hpp"

namespace engram::security {

// What an access token says once its signature was found good.
struct AccessClaims {
    base::Uuid user_id, session_id;
    base::Time issued_at{}, expires_at{};
};

// What a refresh token says. `generation` counts the pairs a session has been given.
struct RefreshClaims {
    base::Uuid session_id;
    std::int64_t generation = 0;
};

class SecurityService {
public:
    virtual ~SecurityService() = default;

    // Argon2id, about 20 ms of CPU. At most as many at once as there are cores; where too many wait already:
    // kUnavailable with retry_after. Any thread.
    virtual std::string hash_password(std::string_view password) = 0;

    // As costly as hash_password, for an empty `phc` (no such person) too, so that time tells nothing.
    virtual bool verify_password(const std::string& phc, std::string_view password) = 0;

    // A JWT signed with Ed25519 (RFC 8037); the same claims give the same token.
    virtual std::string access_token(const AccessClaims& claims) = 0;

    // The claims of a token that this installation signed and that has not expired. About 60 µs: callers cache.
    virtual std::optional<AccessClaims> check_access_token(std::string_view token) = 0;

    // An opaque token; the same claims give the same token.
    virtual std::string refresh_token(const RefreshClaims& claims) = 0;
    virtual std::optional<RefreshClaims> check_refresh_token(std::string_view token) = 0;
};

// True for the passwords that every attacker tries first. Compares without case.
bool is_leaked_password(std::string_view password);

// The level a class is kept at (design.md 5): 1 chronological and general, 2 confidential, 3 secret, 4 ultrasecret;
// nothing for a word that is no class.
std::optional<int> level_of_class(std::string_view classification);

}  // namespace engram::security
