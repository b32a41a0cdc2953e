// The endpoints of the user module: sign-up, sign-in, oneself, invitations.
#pragma once

#include <vector>

#include "http/route.hpp"
#include "modules/user/user.hpp"

namespace engram::user {

// `users` must outlive the endpoints.
std::vector<http::Endpoint> routes(UserService& users);

}  // namespace engram::user
