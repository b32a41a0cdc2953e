#include <gtest/gtest.h>

#include <string>

#include "http/kit.hpp"
#include "http/server.hpp"
#include "http/test_web_socket.hpp"

namespace engram::http {
namespace {

std::string without(std::string request, std::string_view line) {
    const std::size_t at = request.find(line);
    return at == std::string::npos ? request : request.erase(at, request.find("\r\n", at) + 2 - at);
}

std::string with(std::string request, std::string_view old, std::string_view now) {
    return request.replace(request.find(old), old.size(), now);
}

TEST(WebSocketHandshake, AnswersWithTheKeyOfTheStandard) {
    Accepted accepted;
    const auto server = Server::start(test_options(), accepted.service());
    const TestWebSocket client(server->port());
    EXPECT_EQ(status_of(client.answer()), 101);
    EXPECT_TRUE(has_header(client.answer(), "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    EXPECT_TRUE(has_header(client.answer(), "Upgrade: websocket"));
    EXPECT_TRUE(has_header(client.answer(), "Connection: upgrade"));
    EXPECT_TRUE(has_header(client.answer(), "X-One: 1"));
    EXPECT_EQ(client.answer().find("X Two"), std::string::npos) << "it could split the answer";
    EXPECT_EQ(client.answer().find("permessage-deflate"), std::string::npos);
}

TEST(WebSocketHandshake, RefusesWhatIsNoGoodUpgradeAndGoesOn) {
    Accepted accepted;
    const auto server = Server::start(test_options(), accepted.service());
    TestSocket socket(server->port());
    const std::string good = upgrade_request();
    const std::string plain = socket.ask(get("/ws"));
    EXPECT_EQ(status_of(plain), 426);
    EXPECT_TRUE(has_header(plain, "Upgrade: websocket"));
    EXPECT_TRUE(has_header(plain, "Connection: upgrade"));
    const std::string version = socket.ask(with(good, "Version: 13", "Version: 8"));
    EXPECT_EQ(status_of(version), 426);
    EXPECT_TRUE(has_header(version, "Sec-WebSocket-Version: 13"));
    EXPECT_EQ(status_of(socket.ask(without(good, "Sec-WebSocket-Version"))), 426);
    EXPECT_EQ(status_of(socket.ask(without(good, "Upgrade: "))), 426);
    EXPECT_EQ(status_of(socket.ask(without(good, "Sec-WebSocket-Key"))), 400);
    EXPECT_EQ(status_of(socket.ask(with(good, "dGhl", "dGh"))), 400);
    EXPECT_EQ(status_of(socket.ask(with(good, "dGhl", "dGh*"))), 400);
    EXPECT_EQ(status_of(socket.ask(without(good, "Connection"))), 400);
    EXPECT_EQ(status_of(socket.ask(with(good, "GET", "POST"))), 400);
    EXPECT_EQ(body_of(socket.ask(get("/a"))), "GET /a ");
    EXPECT_EQ(status_of(TestSocket(server->port()).ask(with(good, "HTTP/1.1", "HTTP/1.0"))), 400);
}

TEST(WebSocketHandshake, ReadsHeadersThatComeInSeveralLines) {
    Accepted accepted;
    const auto server = Server::start(test_options(), accepted.service());
    TestSocket socket(server->port());
    socket.send(with(upgrade_request(), "keep-alive, Upgrade", "keep-alive\r\nconnection: upgrade"));
    EXPECT_EQ(status_of(socket.read_until("\r\n\r\n")), 101);
}

TEST(WebSocketHandshake, ReadsWhatCameWithTheRequest) {
    Accepted accepted;
    const auto server = Server::start(test_options(), accepted.service());
    std::string behind;
    for (int i = 0; i < 300; ++i) behind += frame(kText, "message " + std::to_string(i));
    TestWebSocket client(TestSocket(server->port()), behind);
    for (int i = 0; i < 300; ++i) ASSERT_EQ(client.read_text(), "message " + std::to_string(i));
    client.send("later");
    EXPECT_EQ(client.read_text(), "later");
}

TEST(WebSocketHandshake, FollowsOtherRequestsOfTheConnection) {
    Accepted accepted;
    const auto server = Server::start(test_options(), accepted.service());
    TestSocket socket(server->port());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(status_of(socket.ask(post("/a", std::string(100'000, 'x')))), 200);
    TestWebSocket client(std::move(socket));
    client.send("hello");
    EXPECT_EQ(client.read_text(), "hello");
}

TEST(WebSocketHandshake, MayBeHandledOnTheLoop) {
    Accepted accepted;
    const auto server = Server::start(test_options(), accepted.service(true));
    TestWebSocket client(server->port());
    client.send("hello");
    EXPECT_EQ(client.read_text(), "hello");
}

TEST(WebSocketHandshake, WorksOnTheUnixSocket) {
    ServerOptions options = test_options();
    options.unix_socket_path = testing::TempDir() + "engram_http_web_socket";
    Accepted accepted;
    const auto server = Server::start(options, accepted.service());
    TestWebSocket client{TestSocket(options.unix_socket_path)};
    client.send("hello");
    EXPECT_EQ(client.read_text(), "hello");
    client.socket().send(close_frame(1000));
    EXPECT_EQ(client.read().code(), 1000);
}

TEST(WebSocketHandshake, KeepsThePlaceOfTheConnection) {
    ServerOptions options = test_options();
    options.connections_max = 1;
    Accepted accepted;
    const auto server = Server::start(options, accepted.service());
    TestWebSocket client(server->port());
    EXPECT_EQ(status_of(client.answer()), 101);
    EXPECT_EQ(status_of(TestSocket(server->port()).read_answer()), 503);
    client.socket().send(close_frame(1000));
    EXPECT_EQ(client.read().code(), 1000);
    client.socket().close();
    EXPECT_TRUE(accepted.wait_closed());
    while (status_of(TestSocket(server->port()).ask(get("/"))) != 200) {  // on_close may come before it leaves
    }
}

class Live {
public:
    struct Input {};
    using Output = Raw;
    static constexpr Route kRoute{.method = Method::kGet, .path = "/ws", .success = 101};
    explicit Live(Accepted& accepted) : accepted_(&accepted) {}
    Answer<Output> process(const Caller&, Input) const {
        return {.body = {.accept_web_socket = [accepted = accepted_](const auto& socket) {
                    return accepted->open(socket);
                }}};
    }

private:
    Accepted* accepted_;
};
BOOST_DESCRIBE_STRUCT(Live::Input, (), ())

TEST(WebSocketHandshake, IsAskedForByAHandlerOfTheKit) {
    Accepted accepted;
    const Endpoint endpoint = make_endpoint(Live(accepted));
    const auto server =
        Server::start(test_options(), {[](const Request&) { return BodyPolicy{}; },
                                       [&](Request& request) { return endpoint.call({}, request, {}); }});
    EXPECT_EQ(status_of(TestSocket(server->port()).ask(get("/ws"))), 426);
    TestWebSocket client(server->port());
    EXPECT_EQ(status_of(client.answer()), 101);
    client.send("hello");
    EXPECT_EQ(client.read_text(), "hello");
}

TEST(WebSocketHandshake, IsNotForAStatusWithoutIt) {
    const auto server = Server::start(test_options(), {[](const Request&) { return BodyPolicy{}; },
                                                       [](Request&) { return Response{.status = 101}; }});
    EXPECT_EQ(status_of(TestSocket(server->port()).ask(upgrade_request())), 500);
}

}  // namespace
}  // namespace engram::http
