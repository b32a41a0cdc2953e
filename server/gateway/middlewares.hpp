// The concerns of the edge, one file each. gateway.cpp puts them in order and says why.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/exchange.hpp"
#include "gateway/metrics.hpp"
#include "gateway/rate_limiter.hpp"
#include "gateway/session_cache.hpp"
#include "http/router.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"
#include "ports/random.hpp"

namespace engram::gateway {

// What each makes use of must outlive it.

// Takes X-Request-Id from the client where it is harmless, else makes one; on every answer.
std::unique_ptr<Middleware> make_request_ids(ports::Random& random);

// Finds the address of the client behind the proxies that are trusted to tell it.
std::unique_ptr<Middleware> make_client_address(std::vector<std::string> trusted_proxies);

// Counts and, where asked, logs each answer: never its content.
std::unique_ptr<Middleware> make_access_log(ports::Clock& clock, Metrics& metrics);

// Adds the headers that tell browsers and caches to be careful.
std::unique_ptr<Middleware> make_safe_headers();

// Turns exceptions into problem documents; the details go to the log.
std::unique_ptr<Middleware> make_errors(const http::Router& router);

// Finds the endpoint.
std::unique_ptr<Middleware> make_routing(const http::Router& router);

// Answers 429 to an address that asks too often, sooner where passwords are tried.
std::unique_ptr<Middleware> make_limits(ports::Clock& clock);

// Finds out who asks and turns away who may not: signed in is what a route gets by saying nothing.
std::unique_ptr<Middleware> make_sign_in_check(SessionCache& sessions, user::UserService& users,
                                               std::string metrics_token);

}  // namespace engram::gateway
