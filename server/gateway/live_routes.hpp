// The endpoint of the live WebSocket.
#pragma once

#include <vector>

#include "gateway/live_hub.hpp"
#include "http/route.hpp"

namespace engram::gateway {

// The hub must outlive the endpoints.
std::vector<http::Endpoint> live_routes(LiveHub& hub);

}  // namespace engram::gateway
