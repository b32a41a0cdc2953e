#include "testing/test_server.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/json.hpp"
#include "testing/postgres_server.hpp"

namespace engram::testing {

namespace {

// A body that is read piece by piece, for the routes that want it so.
class TextReader final : public http::BodyReader {
public:
    explicit TextReader(std::string_view text) : rest_(text) {}

    std::size_t read(std::span<char> out) override {
        const std::size_t count = rest_.copy(out.data(), out.size());
        rest_.remove_prefix(count);
        return count;
    }

private:
    std::string_view rest_;
};

}  // namespace

TestServer::TestServer(const Options& options) : options_(options), random_(options.seed) {
    const char* wanted = std::getenv("ENGRAM_TEST_DATABASE");  // "postgres": that of this program
    const bool postgres = wanted != nullptr && std::string(wanted) == "postgres";
    config_.data = folder_.path();
    config_.database = options.database;
    if (config_.database.empty())
        config_.database = postgres ? PostgresServer::shared().create_database() : std::string("sqlite:");
    config_.embedder = options.embedder;
    config_.models = ENGRAM_MODELS;
    config_.registration = options.registration;
    config_.limits = options.limits;
    config_.metrics_token = options.metrics_token;
    config_.trusted_proxies = options.trusted_proxies;
    restart();
}

void TestServer::restart() {
    app_.reset();
    app_ = std::make_unique<app::App>(config_, app::Overrides{&clock_, &random_, options_.vfs, options_.own_embedders});
}

http::Response TestServer::send(http::Method method, std::string target, std::string body, const std::string& token,
                                std::vector<http::Header> headers) {
    http::Request request{.method = method, .target = std::move(target), .headers = {}, .body = std::move(body)};
    request.peer = "192.0.2.1";
    if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
    if (!request.body.empty()) request.headers.add("Content-Type", "application/json");
    for (http::Header& header : headers) request.headers.set(header.name, std::move(header.value));
    const std::string streamed = request.body;
    TextReader reader(streamed);
    request.body_reader = &reader;
    return app_->gateway().handle(request);
}

boost::json::value TestServer::expect(int status, http::Method method, const std::string& target, std::string body,
                                      const std::string& token) {
    const http::Response response = send(method, target, std::move(body), token);
    EXPECT_EQ(response.status, status) << to_string(method) << ' ' << target << ": " << response.body;
    return response.body.empty() ? boost::json::value() : base::parse_json(response.body);
}

boost::json::value TestServer::sign_in(const std::string& phone_number) {
    return expect(200, http::Method::kPost, "/api/v1/auth/login",
                  R"({"phone_number":")" + phone_number + R"(","password":")" + kPassword + R"("})");
}

std::string TestServer::sign_up(const std::string& phone_number) {
    user::NewUser wanted{.phone_number = phone_number, .password = kPassword};
    const bool first = app_->users().setup_needed();
    if (first) wanted.invite = app_->users().invite(std::nullopt, std::chrono::minutes(60)).token;
    app_->users().create(wanted, !first);
    return std::string(sign_in(phone_number).at("access_token").as_string());
}

}  // namespace engram::testing
