// The endpoints of the user module: sign-up, sign-in, oneself, invitations.
#pragma once

#include <vector>

#include "http/route.hpp"
#include "modules/user/account_erasure.hpp"
#include "modules/user/user.hpp"

namespace engram::user {

// What is handed over must outlive the endpoints.
std::vector<http::Endpoint> routes(UserService& users, AccountErasure& erasure);

}  // namespace engram::user
