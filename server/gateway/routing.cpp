#include "gateway/middlewares.hpp"

namespace engram::gateway {
namespace {

std::string meaning_of(int status) {
    switch (status) {
        case 200:
            return "The same had been stored before; this is the first result";
        case 401:
            return "Signing in did not succeed";
        case 403:
            return "Not allowed; `type` says what would allow it";
        case 409:
            return "In conflict with what is stored; `type` or `errors` says with what";
        default:
            return "See `detail`";
    }
}

class Routing final : public Middleware {
public:
    explicit Routing(const http::Router& router) : router_(router) {}

    http::Response handle(Exchange& exchange, const Next& next) override {
        http::Router::Match match = router_.find(exchange.request.method, exchange.request.path());
        exchange.endpoint = match.endpoint;
        exchange.path = std::move(match.path);
        return next(exchange);
    }

    void document(const http::Route& route, std::vector<http::StatusDoc>& statuses) const override {
        statuses.push_back({400, "The request cannot be read"});
        if (route.path.find('{') != std::string_view::npos)
            statuses.push_back({404, "There is no such thing, or it is somebody else's"});
        if (route.method == http::Method::kPost || route.method == http::Method::kPut) {
            statuses.push_back({413, "The body is too large"});
            statuses.push_back({415, "The body is not JSON"});
        }
        for (const int status : route.also)
            if (status != 0) statuses.push_back({status, meaning_of(status)});
        statuses.push_back({422, "Some fields cannot be used; each is named"});
    }

private:
    const http::Router& router_;
};

}  // namespace

std::unique_ptr<Middleware> make_routing(const http::Router& router) { return std::make_unique<Routing>(router); }

}  // namespace engram::gateway
