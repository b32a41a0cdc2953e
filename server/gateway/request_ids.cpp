#include <array>
#include <atomic>

#include "base/crypto.hpp"
#include "gateway/middlewares.hpp"

namespace engram::gateway {
namespace {

bool is_harmless(std::string_view id) {
    constexpr std::string_view kAllowed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-";
    return !id.empty() && id.size() <= 64 && id.find_first_not_of(kAllowed) == std::string_view::npos;
}

class RequestIds final : public Middleware {
public:
    explicit RequestIds(ports::Random& random) {
        std::array<std::uint8_t, 6> start{};
        random.fill(start);
        prefix_ = base::to_base64url(start) + "-";
    }

    http::Response handle(Exchange& exchange, const Next& next) override {
        const auto given = exchange.request.headers.find("X-Request-Id");
        exchange.request_id = given && is_harmless(*given) ? std::string(*given) : prefix_ + std::to_string(++count_);
        exchange.caller.request_id = exchange.request_id;
        http::Response response = next(exchange);
        response.headers.add("X-Request-Id", exchange.request_id);
        return response;
    }

private:
    std::string prefix_;  // tells the ids of this run from those of another
    std::atomic<std::uint64_t> count_{0};
};

}  // namespace

std::unique_ptr<Middleware> make_request_ids(ports::Random& random) { return std::make_unique<RequestIds>(random); }

}  // namespace engram::gateway
