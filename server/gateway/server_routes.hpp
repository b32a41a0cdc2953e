// The endpoints of the server itself: is it well, what is it, and the pages that need no account.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/metrics.hpp"
#include "http/route.hpp"
#include "modules/user/user.hpp"
#include "ports/embedder.hpp"

namespace engram::gateway {

struct ServerInfo {
    std::string version, public_url, rp_id;
    std::vector<ports::Embedder*> models;  // the main one first
};

// Asks one engine whether it is well; throws where it is not.
struct Dependency {
    std::string name;
    std::function<void()> check;
    bool is_needed = true;  // false: without it the server answers all the same, if less well
};

// What is handed over must outlive the endpoints.
std::vector<http::Endpoint> server_routes(ServerInfo info, user::UserService& users, Metrics& metrics,
                                          std::vector<Dependency> dependencies);

}  // namespace engram::gateway
