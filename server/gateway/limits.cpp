#include <arpa/inet.h>

#include "base/crypto.hpp"
#include "gateway/middlewares.hpp"
#include "http/status.hpp"

namespace engram::gateway {
namespace {

constexpr RateLimiter::Rate kEverybody{.burst = 1000, .per_second = 200};

// A password guessed once a second is guessed 86,400 times a day: enough for a person, nothing for an attacker.
constexpr RateLimiter::Rate kPasswords{.burst = 60, .per_second = 1};

// One household of IPv6 has 2^64 addresses: it counts as one.
std::string key_of(const std::string& peer) {
    in6_addr address{};
    if (inet_pton(AF_INET6, peer.c_str(), &address) != 1) return peer;
    return base::to_hex(base::ByteView(address.s6_addr, 8));
}

class Limits final : public Middleware {
public:
    explicit Limits(ports::Clock& clock) : everybody_(clock, kEverybody), passwords_(clock, kPasswords) {}

    http::Response handle(Exchange& exchange, const Next& next) override {
        if (exchange.request.transport != http::Transport::kTcp) return next(exchange);
        RateLimiter& limiter = exchange.endpoint->route.tries_password ? passwords_ : everybody_;
        const RateLimiter::Verdict verdict = limiter.take(key_of(exchange.caller.peer));
        return verdict.allowed ? next(exchange) : refuse(exchange, limiter.rate(), verdict);
    }

    void document(const http::Route&, std::vector<http::StatusDoc>& statuses) const override {
        statuses.push_back({429, "Too many requests; Retry-After says when to try again"});
    }

private:
    static http::Response refuse(const Exchange& exchange, const RateLimiter::Rate& rate,
                                 const RateLimiter::Verdict& verdict) {
        base::Error error(base::Code::kRateLimited, "Too many requests from your address. Try again a little later.");
        error.retry_after = verdict.retry_after;
        http::Response response = http::problem(error, exchange.request_id);
        response.headers.add("RateLimit-Limit", std::to_string(static_cast<std::int64_t>(rate.burst)));
        response.headers.add("RateLimit-Remaining", std::to_string(verdict.remaining));
        response.headers.add("RateLimit-Reset", std::to_string(verdict.retry_after.count()));
        return response;
    }

    RateLimiter everybody_, passwords_;
};

}  // namespace

std::unique_ptr<Middleware> make_limits(ports::Clock& clock) { return std::make_unique<Limits>(clock); }

}  // namespace engram::gateway
