// The edge: every request goes through the same middlewares, in one order, to its handler.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/exchange.hpp"
#include "gateway/metrics.hpp"
#include "gateway/session_cache.hpp"
#include "http/router.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"
#include "ports/random.hpp"

namespace engram::gateway {

struct GatewayOptions {
    bool limits = true;
    std::string metrics_token;                 // opens /metrics to a scraper; empty: admins only
    std::vector<std::string> trusted_proxies;  // whose X-Forwarded-For counts
    std::string version;
};

// What the gateway makes use of; all of it must outlive the gateway.
struct GatewayParts {
    SessionCache& sessions;
    user::UserService& users;
    Metrics& metrics;
    ports::Clock& clock;
    ports::Random& random;
};

// Any thread.
class Gateway {
public:
    // Mounts the endpoints, and /openapi.json that describes them all.
    Gateway(const GatewayParts& parts, const GatewayOptions& options, std::vector<http::Endpoint> endpoints);

    // Never throws: what went wrong is in the answer.
    http::Response handle(http::Request& request) const;

    // For the HTTP server.
    http::Service service() const;

    // The OpenAPI document of everything that is mounted.
    const std::string& openapi() const { return openapi_; }

private:
    http::BodyPolicy body_policy(const http::Request& head) const;
    bool may_send_much(const http::Request& head, const http::Route& route) const;
    std::vector<http::StatusDoc> statuses_of(const http::Route& route) const;

    SessionCache& sessions_;
    http::Router router_;
    std::vector<std::unique_ptr<Middleware>> middlewares_;
    std::vector<Next> steps_;  // the first is the outermost middleware, the last calls the handler
    std::string openapi_;
};

}  // namespace engram::gateway
