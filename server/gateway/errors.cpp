#include "base/log.hpp"
#include "gateway/middlewares.hpp"
#include "http/status.hpp"

namespace engram::gateway {
namespace {

using base::Code;
using base::Error;

// Where it lies on the server is for whoever runs it: the log says so.
Error shown(const Error& error) {
    if (error.code() != Code::kStorageFull) return error;
    return {Code::kStorageFull, "The disk of the server is full. Nothing was stored: try again once there is room."};
}

class Errors final : public Middleware {
public:
    explicit Errors(const http::Router& router) : router_(router) {}

    http::Response handle(Exchange& exchange, const Next& next) override {
        try {
            return next(exchange);
        } catch (const Error& error) {
            return answer(exchange, error);
        } catch (const std::bad_alloc&) {
            return answer(exchange, Error(Code::kUnavailable, "The server has too little memory for this request."));
        } catch (const std::exception& error) {
            return answer(exchange, Error(Code::kInternal,
                                          "Something went wrong on the server. The request id names it in the log.",
                                          error.what()));
        }
    }

    void document(const http::Route& route, std::vector<http::StatusDoc>& statuses) const override {
        statuses.push_back({500, "An error of the server; the request id names it in the log"});
        statuses.push_back({503, "An engine is not available; Retry-After says when to try again"});
        if (route.method == http::Method::kPost || route.method == http::Method::kPut)
            statuses.push_back({507, "The disk of the server is full; nothing was stored"});
    }

private:
    http::Response answer(const Exchange& exchange, const Error& error) const {
        if (error.code() == Code::kInternal || error.code() == Code::kUnavailable || error.code() == Code::kStorageFull)
            base::log(base::Severity::kError, "request failed",
                      {{"request_id", exchange.request_id}, {"error", base::describe(error)}});
        http::Response response = http::problem(shown(error), exchange.request_id);
        if (error.code() == Code::kUnauthenticated) response.headers.add("WWW-Authenticate", "Bearer");
        if (error.code() == Code::kMethodNotAllowed)
            response.headers.add("Allow", router_.allowed(exchange.request.path()));
        return response;
    }

    const http::Router& router_;
};

}  // namespace

std::unique_ptr<Middleware> make_errors(const http::Router& router) { return std::make_unique<Errors>(router); }

}  // namespace engram::gateway
