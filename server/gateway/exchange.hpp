// One request on its way through the gateway.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/message.hpp"
#include "http/openapi.hpp"
#include "http/route.hpp"

namespace engram::gateway {

struct Exchange {
    http::Request& request;
    std::string request_id;
    const http::Endpoint* endpoint = nullptr;  // set by Routing; those before it cannot know it on the way in
    http::PathValues path;
    http::Caller caller;  // set by SignInCheck
};

using Next = std::function<http::Response(Exchange&)>;

// One concern of the edge. Called from many threads at once.
class Middleware {
public:
    virtual ~Middleware() = default;

    // Answers, as a rule by `next`.
    virtual http::Response handle(Exchange& exchange, const Next& next) = 0;

    // Adds the statuses that it may answer for such a route, for the OpenAPI document.
    virtual void document(const http::Route& route, std::vector<http::StatusDoc>& statuses) const;
};

}  // namespace engram::gateway
