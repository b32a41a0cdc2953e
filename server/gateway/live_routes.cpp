#include "gateway/live_routes.hpp"

#include <boost/describe/class.hpp>

#include "http/kit.hpp"

namespace engram::gateway {
namespace {

// GET /ws. Pages of every origin may ask: what counts is the token of the first message, which no browser adds.
class OpenLive : public http::ServiceHandler<LiveHub> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = http::Raw;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/ws",
                                        .access = http::Access::kPublic,
                                        .success = 101,
                                        .summary =
                                            "A WebSocket that tells of changes, after a first message "
                                            "{\"type\":\"hello\",\"token\":\"<access token>\"}",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller&, Input) const {
        return {.body = {.accept_web_socket = [hub = &service()](std::shared_ptr<http::WebSocket> socket) {
                    return hub->accept(std::move(socket));
                }}};
    }
};
BOOST_DESCRIBE_STRUCT(OpenLive::Input, (), ())

}  // namespace

std::vector<http::Endpoint> live_routes(LiveHub& hub) { return {http::make_endpoint(OpenLive(hub))}; }

}  // namespace engram::gateway
