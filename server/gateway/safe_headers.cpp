#include "gateway/middlewares.hpp"

namespace engram::gateway {
namespace {

// Scripts and styles of our own pages stand in the page itself, so that /docs and /setup work without a network.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

class SafeHeaders final : public Middleware {
public:
    http::Response handle(Exchange& exchange, const Next& next) override {
        http::Response response = next(exchange);
        response.headers.add("X-Content-Type-Options", "nosniff");
        if (!response.headers.find("Cache-Control")) response.headers.add("Cache-Control", "no-store");
        const auto type = response.headers.find("Content-Type");
        if (type && type->starts_with("text/html")) {
            response.headers.add("Content-Security-Policy", kPagePolicy);
            response.headers.add("Referrer-Policy", "no-referrer");
        }
        return response;
    }
};

}  // namespace

std::unique_ptr<Middleware> make_safe_headers() { return std::make_unique<SafeHeaders>(); }

}  // namespace engram::gateway
