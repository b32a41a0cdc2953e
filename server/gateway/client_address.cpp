#include <algorithm>

#include "base/text.hpp"
#include "gateway/middlewares.hpp"

namespace engram::gateway {
namespace {

// X-Forwarded-For names the hops from the client on; each proxy adds at the end whom it was called by. What stands
// before the last hop that is not ours is the client's own invention.
std::string last_untrusted(std::string_view forwarded, const std::vector<std::string>& trusted) {
    while (!forwarded.empty()) {
        const std::size_t comma = forwarded.rfind(',');
        const bool more = comma != std::string_view::npos;
        const std::string hop(base::trim(more ? forwarded.substr(comma + 1) : forwarded));
        if (!more || std::find(trusted.begin(), trusted.end(), hop) == trusted.end()) return hop;
        forwarded = forwarded.substr(0, comma);
    }
    return {};
}

class ClientAddress final : public Middleware {
public:
    explicit ClientAddress(std::vector<std::string> trusted) : trusted_(std::move(trusted)) {}

    http::Response handle(Exchange& exchange, const Next& next) override {
        exchange.caller.peer = exchange.request.peer;
        const auto forwarded = exchange.request.headers.find("X-Forwarded-For");
        if (forwarded && std::find(trusted_.begin(), trusted_.end(), exchange.request.peer) != trusted_.end()) {
            const std::string client = last_untrusted(*forwarded, trusted_);
            if (!client.empty() && client.size() <= 64 && base::is_utf8(client)) exchange.caller.peer = client;
        }
        return next(exchange);
    }

private:
    const std::vector<std::string> trusted_;
};

}  // namespace

std::unique_ptr<Middleware> make_client_address(std::vector<std::string> trusted_proxies) {
    return std::make_unique<ClientAddress>(std::move(trusted_proxies));
}

}  // namespace engram::gateway
