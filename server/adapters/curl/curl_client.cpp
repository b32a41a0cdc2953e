#include "adapters/curl/curl_client.hpp"

#include <utility>

#include "adapters/curl/curl_exchange.hpp"
#include "adapters/curl/curl_handle.hpp"

namespace engram::curl {
namespace {

class CurlClient final : public ports::HttpClient {
public:
    explicit CurlClient(CurlOptions options) : options_(std::move(options)), handles_(options_.idle_handles_max) {}

    ports::IncomingAnswer send(const ports::OutgoingRequest& request) override {
        const Handles::Loan loan(handles_);
        return Exchange(loan.get(), options_, request).run();
    }

private:
    const CurlOptions options_;
    Handles handles_;
};

}  // namespace

std::unique_ptr<ports::HttpClient> make_curl_client(CurlOptions options) {
    return std::make_unique<CurlClient>(std::move(options));
}

}  // namespace engram::curl
