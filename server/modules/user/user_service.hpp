// The rules of accounts and sessions.
#pragma once

#include <chrono>
#include <memory>

#include "modules/security/security.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/random.hpp"

namespace engram::user {

struct UserOptions {
    Registration registration = Registration::kInvite;
    std::chrono::seconds access_lifetime{15 * 60};
    std::chrono::seconds session_lifetime{30 * 24 * 3600};  // counted from the last refresh
    std::chrono::seconds refresh_grace{30};
};

// The ports and the security service must outlive the service.
std::unique_ptr<UserService> make_user_service(ports::Database& database, security::SecurityService& security,
                                               ports::Clock& clock, ports::Random& random, UserOptions options);

}  // namespace engram::user
