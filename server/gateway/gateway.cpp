#include "gateway/gateway.hpp"

#include <algorithm>
#include <charconv>

#include "gateway/bearer_token.hpp"
#include "gateway/middlewares.hpp"
#include "http/kit.hpp"
#include "http/openapi.hpp"

namespace engram::gateway {
namespace {

using http::Access;

// GET /openapi.json
class GetOpenApi {
public:
    struct Input {};
    using Output = http::Raw;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/openapi.json",
                                        .access = Access::kPublic,
                                        .summary = "This document",
                                        .tag = "server",
                                        .root = true};

    explicit GetOpenApi(const std::string& document) : document_(&document) {}
    http::Answer<Output> process(const http::Caller&, Input) const {
        return {.body = {.content_type = "application/json", .body = *document_}};
    }

private:
    const std::string* document_;
};
BOOST_DESCRIBE_STRUCT(GetOpenApi::Input, (), ())

// Outermost first. A place is a promise to the next: read the reasons before moving one.
std::vector<std::unique_ptr<Middleware>> in_order(const GatewayParts& parts, const GatewayOptions& options,
                                                  const http::Router& router) {
    std::vector<std::unique_ptr<Middleware>> list;
    // First, so that everything after it, the log above all, can name the request.
    list.push_back(make_request_ids(parts.random));
    // Before the log and the limits, which go by the client's address.
    list.push_back(make_client_address(options.trusted_proxies));
    // Outside the errors: it sees the status that the client sees.
    list.push_back(make_access_log(parts.clock, parts.metrics));
    // Outside the errors: their answers need the headers too.
    list.push_back(make_safe_headers());
    // Outside all that may throw.
    list.push_back(make_errors(router));
    // Before limits and sign-in, which depend on the route.
    list.push_back(make_routing(router));
    // Before the sign-in check, whose signatures and look-ups cost something.
    if (options.limits) list.push_back(make_limits(parts.clock));
    // Last: nothing but the handler comes after it, and nobody comes to the handler past it.
    list.push_back(make_sign_in_check(parts.sessions, parts.users, options.metrics_token));
    return list;
}

constexpr std::size_t kSmallBody = 64 << 10;

// Says that its body is small; one that does not say how long it is may be anything.
bool is_small(const http::Request& head) {
    const auto length = head.headers.find("Content-Length");
    if (!length) return !head.headers.find("Transfer-Encoding");
    std::size_t bytes = 0;
    const auto [end, error] = std::from_chars(length->data(), length->data() + length->size(), bytes);
    return error == std::errc{} && bytes <= kSmallBody;
}

http::Response call_handler(Exchange& exchange) {
    return exchange.endpoint->call(exchange.caller, exchange.request, exchange.path);
}

}  // namespace

Gateway::Gateway(const GatewayParts& parts, const GatewayOptions& options, std::vector<http::Endpoint> endpoints)
    : sessions_(parts.sessions), middlewares_(in_order(parts, options, router_)) {
    for (http::Endpoint& endpoint : endpoints) router_.add(std::move(endpoint));
    router_.add(http::make_endpoint(GetOpenApi(openapi_)));
    const http::OpenApiInfo info{.title = "engram",
                                 .version = options.version,
                                 .description = "A self-hosted memory. Errors are problem documents (RFC 9457)."};
    openapi_ =
        http::openapi_document(info, router_.endpoints(), [this](const auto& route) { return statuses_of(route); });
    steps_.resize(middlewares_.size() + 1);
    steps_.back() = call_handler;
    for (std::size_t i = middlewares_.size(); i-- > 0;)
        steps_[i] = [middleware = middlewares_[i].get(), &next = steps_[i + 1]](Exchange& exchange) {
            return middleware->handle(exchange, next);
        };
}

http::Response Gateway::handle(http::Request& request) const {
    Exchange exchange{.request = request, .request_id = {}, .path = {}, .caller = {}};
    return steps_.front()(exchange);
}

http::Service Gateway::service() const {
    return {.body_policy = [this](const http::Request& head) { return body_policy(head); },
            .handle = [this](http::Request& request) { return handle(request); }};
}

// A stranger is not given room for a body that only signed-in people may send. Small bodies, nearly all, are read
// before anybody is asked who they are.
http::BodyPolicy Gateway::body_policy(const http::Request& head) const {
    const http::Endpoint* endpoint = router_.peek(head.method, head.path());
    const std::size_t bytes_max = endpoint ? endpoint->route.body_bytes_max : kSmallBody;
    const bool stream = endpoint && endpoint->route.stream_body;
    const bool reads = head.method == http::Method::kGet || head.method == http::Method::kHead;
    const bool all = endpoint && (is_small(head) || may_send_much(head, endpoint->route));
    return {.bytes_max = all ? bytes_max : std::min(bytes_max, kSmallBody),
            .stream = stream,
            .brief = reads || (endpoint && endpoint->route.brief)};
}

bool Gateway::may_send_much(const http::Request& head, const http::Route& route) const {
    if (route.access == Access::kPublic || head.transport != http::Transport::kTcp) return true;
    const auto token = bearer_token(head);
    return token && sessions_.looks_good(*token);
}

std::vector<http::StatusDoc> Gateway::statuses_of(const http::Route& route) const {
    std::vector<http::StatusDoc> statuses;
    for (const auto& middleware : middlewares_) middleware->document(route, statuses);
    return statuses;
}

}  // namespace engram::gateway
