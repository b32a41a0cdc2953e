#include "gateway/gateway.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "testing/scenario.hpp"

namespace engram::gateway {
namespace {

using http::Method;
using testing::run_scenarios;
using testing::TestServer;

// "/memories/{id}" with something in place of each parameter.
std::string filled(std::string path) {
    for (std::size_t at; (at = path.find('{')) != std::string::npos;)
        path.replace(at, path.find('}') - at + 1, "01890000-0000-7000-8000-000000000000");
    return path;
}

Method method_of(std::string_view name) {
    for (const Method method : {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete})
        if (name == base::to_lower_ascii(to_string(method))) return method;
    return Method::kOther;
}

TEST(GatewayTest, EveryRouteThatIsNotPublicTurnsAStrangerAway) {
    TestServer server;
    const boost::json::value document = base::parse_json(server.app().gateway().openapi());
    int closed = 0;
    for (const auto& path : document.at("paths").as_object())
        for (const auto& operation : path.value().as_object()) {
            const auto* security = operation.value().as_object().if_contains("security");
            if (method_of(operation.key()) == Method::kOther || (security && security->as_array().empty())) continue;
            const auto response = server.send(method_of(operation.key()), filled(path.key()), "{}");
            EXPECT_EQ(response.status, 401) << operation.key() << ' ' << path.key();
            EXPECT_EQ(response.headers.find("WWW-Authenticate"), "Bearer");
            ++closed;
        }
    EXPECT_GE(closed, 14);
}

TEST(GatewayTest, PublicRoutes) {
    TestServer server;
    run_scenarios(server,
                  {
                      {"health", Method::kGet, "/health", "", "", 200, {R"({"status":"ok"})"}},
                      {"ready", Method::kGet, "/health?ready", "", "", 200, {R"({"name":"database","status":"ok"})"}},
                      {"server",
                       Method::kGet,
                       "/api/v1/server",
                       "",
                       "",
                       200,
                       {R"("name":"engram")", R"("setup_needed":true)", R"("registration":"invite")"}},
                      {"docs", Method::kGet, "/docs", "", "", 200, {"<!doctype html>"}},
                      {"front page", Method::kGet, "/", "", "", 200, {"<title>engram</title>"}},
                      {"set-up page", Method::kGet, "/setup", "", "", 200, {"Make an account"}},
                      {"openapi", Method::kGet, "/openapi.json", "", "", 200, {R"("openapi": "3.1.0")"}},
                      {"head", Method::kHead, "/health", "", "", 200, {}},
                      {"nothing there", Method::kGet, "/api/v1/nothing", "", "", 404, {R"("code":"not-found")"}},
                      {"a wrong method", Method::kDelete, "/health", "", "", 405, {"GET, HEAD"}},
                      {"a broken address", Method::kGet, "/api/v1/memories/%zz", "", "", 400, {}},
                      {"an unknown parameter", Method::kGet, "/health?redy", "", "", 422, {"redy"}},
                  });
    EXPECT_EQ(server.send(Method::kDelete, "/health").headers.find("Allow"), "GET, HEAD");
}

TEST(GatewayTest, TheDocumentNamesEachMiddlewaresStatuses) {
    TestServer server;
    const boost::json::value document = base::parse_json(server.app().gateway().openapi());
    const auto& answers = document.at("paths").at("/api/v1/memories/{id}").at("get").at("responses").as_object();
    for (const char* status : {"200", "400", "401", "403", "404", "422", "500", "503"})
        EXPECT_TRUE(answers.contains(status)) << status;
    EXPECT_FALSE(answers.contains("429")) << "limits are off";
    EXPECT_FALSE(document.at("paths").at("/api/v1/server").at("get").at("responses").as_object().contains("401"));
}

TEST(GatewayTest, TheRequestIdIsTheClientsWhereItIsHarmless) {
    TestServer server;
    const auto id_of = [&](const std::string& sent) {
        return std::string(
            *server.send(Method::kGet, "/health", "", "", {{"X-Request-Id", sent}}).headers.find("X-Request-Id"));
    };
    EXPECT_EQ(id_of("phone-7.a_b"), "phone-7.a_b");
    EXPECT_NE(id_of("a b"), "a b");
    EXPECT_NE(id_of("a\r\nSet-Cookie: x"), "a\r\nSet-Cookie: x");
    EXPECT_NE(id_of(std::string(65, 'x')), std::string(65, 'x'));
    EXPECT_NE(id_of(""), id_of(""));
}

TEST(GatewayTest, AnswersAreKeptOutOfCachesAndPagesHaveAPolicy) {
    TestServer server;
    const auto api = server.send(Method::kGet, "/api/v1/server");
    EXPECT_EQ(api.headers.find("Cache-Control"), "no-store");
    EXPECT_EQ(api.headers.find("X-Content-Type-Options"), "nosniff");
    const auto page = server.send(Method::kGet, "/docs");
    EXPECT_TRUE(page.headers.find("Content-Security-Policy")->starts_with("default-src 'none'"));
}

TEST(GatewayTest, MetricsAreForAdminsAndTheScraper) {
    TestServer server({.metrics_token = "scrape-me"});
    const std::string anna = server.sign_up("+491511"), bob = server.sign_up("+491512");
    run_scenarios(server, {
                              {"unauthorised", Method::kGet, "/metrics", "", "", 401, {}},
                              {"a member", Method::kGet, "/metrics", "", bob, 403, {}},
                              {"another token", Method::kGet, "/metrics", "", "scrape-mE", 401, {}},
                              {"the scraper", Method::kGet, "/metrics", "", "scrape-me", 200, {}},
                              {"the scraper elsewhere", Method::kGet, "/api/v1/users/me", "", "scrape-me", 401, {}},
                              {"the admin",
                               Method::kGet,
                               "/metrics",
                               "",
                               anna,
                               200,
                               {R"(engram_http_requests_total{method="GET",route="/metrics",status="4xx"} 3)",
                                "process_resident_memory_bytes", "engram_http_request_seconds_bucket"}},
                          });
}

TEST(GatewayTest, WhoAsksTooOftenWaits) {
    TestServer server({.limits = true});
    const std::string login = "/api/v1/auth/login";
    for (int i = 0; i < 60; ++i) server.expect(422, Method::kPost, login, "{}");
    const auto refused = server.send(Method::kPost, login, "{}");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.find("Retry-After"), "1");
    EXPECT_EQ(refused.headers.find("RateLimit-Remaining"), "0");
    server.expect(200, Method::kGet, "/health");
    server.clock().advance(std::chrono::seconds(1));
    server.expect(422, Method::kPost, login, "{}");
    server.expect(429, Method::kPost, login, "{}");
}

TEST(GatewayTest, BehindATrustedProxyTheLimitIsTheClients) {
    const std::string login = "/api/v1/auth/login";
    const auto tries_until_refused = [&](TestServer& server, const std::string& forwarded) {
        int tries = 0;
        while (tries < 100 &&
               server.send(Method::kPost, login, "{}", "", {{"X-Forwarded-For", forwarded}}).status != 429)
            ++tries;
        return tries;
    };
    TestServer behind_proxy({.limits = true, .trusted_proxies = {"192.0.2.1", "192.0.2.9"}});
    EXPECT_EQ(tries_until_refused(behind_proxy, "1.2.3.4"), 60);
    EXPECT_EQ(tries_until_refused(behind_proxy, "6.6.6.6, 1.2.3.4, 192.0.2.9"), 0) << "the first hop is invented";
    EXPECT_EQ(tries_until_refused(behind_proxy, "1.2.3.5"), 60);
    EXPECT_EQ(tries_until_refused(behind_proxy, "2001:db8::1"), 60);
    EXPECT_EQ(tries_until_refused(behind_proxy, "2001:db8::2"), 0) << "one household";
    TestServer open({.limits = true});
    EXPECT_EQ(tries_until_refused(open, "1.2.3.4"), 60);
    EXPECT_EQ(tries_until_refused(open, "1.2.3.5"), 0) << "anybody can send the header";
}

TEST(GatewayTest, TheCommandLineActsForTheOnlyPersonOrTheNamedOne) {
    TestServer server;
    const auto local = [&](const std::string& target, const std::vector<http::Header>& headers) {
        http::Request request{.method = Method::kGet, .target = target, .headers = {}, .body = {}};
        request.transport = http::Transport::kUnixSocket;
        for (const auto& header : headers) request.headers.add(header.name, header.value);
        return server.app().gateway().handle(request);
    };
    EXPECT_EQ(local("/api/v1/users/me", {}).status, 401);
    server.sign_up("+491511");
    EXPECT_EQ(local("/api/v1/users/me", {}).status, 200);
    server.sign_up("+491512");
    EXPECT_EQ(local("/api/v1/users/me", {}).status, 401);
    EXPECT_NE(local("/api/v1/users/me", {{"Engram-User", "+491512"}}).body.find("+491512"), std::string::npos);
    EXPECT_EQ(local("/api/v1/users/me", {{"Engram-User", "+491513"}}).status, 404);
    EXPECT_EQ(local("/api/v1/invites", {}).status, 200);
    EXPECT_EQ(server.send(Method::kGet, "/api/v1/users/me", "", "", {{"Engram-User", "+491511"}}).status, 401);
}

TEST(GatewayTest, AStrangerGetsNoRoomForALargeBody) {
    TestServer server;
    const std::string anna = server.sign_up("+491511");
    const http::Service service = server.app().gateway().service();
    const auto room = [&](const std::string& target, const std::string& token, const std::string& length) {
        http::Request head{.method = Method::kPost, .target = target, .headers = {}, .body = {}};
        if (!token.empty()) head.headers.add("Authorization", "Bearer " + token);
        if (!length.empty()) head.headers.add("Content-Length", length);
        if (length.empty()) head.headers.add("Transfer-Encoding", "chunked");
        return service.body_policy(head).bytes_max;
    };
    constexpr std::size_t kSmall = 64 << 10, kBatch = 32 << 20;
    const std::string batch = "/api/v1/memories/batch";
    EXPECT_EQ(room(batch, "", "8000000"), kSmall);
    EXPECT_EQ(room(batch, "junk", "8000000"), kSmall);
    EXPECT_EQ(room(batch, "junk", ""), kSmall);
    EXPECT_EQ(room(batch, anna, "8000000"), kBatch);
    EXPECT_EQ(room(batch, anna, ""), kBatch);
    EXPECT_EQ(room("/nothing", anna, "8000000"), kSmall);
    server.expect(204, Method::kPost, "/api/v1/auth/logout", "", anna);
    server.clock().advance(std::chrono::minutes(15));
    EXPECT_EQ(room(batch, anna, "8000000"), kSmall);
}

TEST(GatewayTest, WhatOnlyReadsIsBrief) {
    TestServer server;
    const http::Service service = server.app().gateway().service();
    const auto brief = [&](Method method, const std::string& target) {
        return service.body_policy({.method = method, .target = target, .headers = {}, .body = {}}).brief;
    };
    EXPECT_TRUE(brief(Method::kGet, "/api/v1/memories/"));
    EXPECT_TRUE(brief(Method::kHead, "/health"));
    EXPECT_TRUE(brief(Method::kPost, "/api/v1/memories/search"));
    EXPECT_FALSE(brief(Method::kPost, "/api/v1/memories/"));
    EXPECT_FALSE(brief(Method::kPost, "/api/v1/auth/login"));
}

}  // namespace
}  // namespace engram::gateway
