#include "base/log.hpp"
#include "gateway/middlewares.hpp"

namespace engram::gateway {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kSlow{1};

// Every request at debug; what an operator should look at without being asked, higher.
base::Severity severity_of(int status, steady_clock::duration duration) {
    if (status == 500) return base::Severity::kError;
    if (status > 500 || duration > kSlow) return base::Severity::kWarning;
    return base::Severity::kDebug;
}

class AccessLog final : public Middleware {
public:
    AccessLog(ports::Clock& clock, Metrics& metrics) : clock_(clock), metrics_(metrics) {}

    http::Response handle(Exchange& exchange, const Next& next) override {
        const auto start = clock_.steady_now();
        http::Response response = next(exchange);
        const auto duration = clock_.steady_now() - start;
        const http::Route* route = exchange.endpoint ? &exchange.endpoint->route : nullptr;
        metrics_.count(route, response.status, duration);
        const auto severity = severity_of(response.status, duration);
        if (base::log_enabled(severity)) write(severity, exchange, response.status, duration);
        return response;
    }

private:
    static void write(base::Severity severity, const Exchange& exchange, int status, steady_clock::duration duration) {
        const std::string person = exchange.caller.known() ? to_string(exchange.caller.user_id) : std::string();
        base::log(severity, "request",
                  {{"request_id", exchange.request_id},
                   {"method", http::to_string(exchange.request.method)},
                   {"route", exchange.endpoint ? exchange.endpoint->route.path : std::string_view("none")},
                   {"status", status},
                   {"us", std::chrono::duration_cast<std::chrono::microseconds>(duration).count()},
                   {"user_id", person}});
    }

    ports::Clock& clock_;
    Metrics& metrics_;
};

}  // namespace

std::unique_ptr<Middleware> make_access_log(ports::Clock& clock, Metrics& metrics) {
    return std::make_unique<AccessLog>(clock, metrics);
}

}  // namespace engram::gateway
