// The endpoints of the server itself: is it well, what is it, and the pages that need no account.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/metrics.hpp"
#include "http/route.hpp"
#include "modules/user/user.hpp"

namespace engram::gateway {

struct ServerInfo {
    std::string version, public_url, rp_id;
};

// Asks one engine whether it is well; throws where it is not.
struct Dependency {
    std::string name;
    std::function<void()> check;
};

// What is handed over must outlive the endpoints.
std::vector<http::Endpoint> server_routes(ServerInfo info, user::UserService& users, Metrics& metrics,
                                          std::vector<Dependency> dependencies);

}  // namespace engram::gateway
