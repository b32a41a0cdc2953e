#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

#include "http/server.hpp"
#include "http/test_socket.hpp"

namespace engram::http {
namespace {

using std::chrono::milliseconds;

std::unique_ptr<Server> start_limited(ServerOptions options, std::size_t body_bytes_max, std::atomic<int>& handled) {
    return Server::start(std::move(options),
                         {[body_bytes_max](const Request&) { return BodyPolicy{.bytes_max = body_bytes_max}; },
                          [&handled](Request& request) {
                              ++handled;
                              return echo(request);
                          }});
}

void expect_problem(const std::string& answer, int status) {
    EXPECT_EQ(status_of(answer), status);
    EXPECT_TRUE(has_header(answer, "Content-Type: application/problem+json"));
    EXPECT_TRUE(has_header(answer, "Connection: close"));
    EXPECT_NE(body_of(answer).find(R"("type":"about:blank","title":")"), std::string_view::npos);
    EXPECT_NE(body_of(answer).find("\"status\":" + std::to_string(status)), std::string_view::npos);
    EXPECT_NE(body_of(answer).find(R"("detail":")"), std::string_view::npos);
    EXPECT_NE(body_of(answer).find(R"(,"code":")"), std::string_view::npos);
    const std::string_view body = body_of(answer);
    const std::size_t at = body.find(R"(,"params":{},"request_id":")");
    ASSERT_NE(at, std::string_view::npos);
    const std::string_view id = body.substr(at + 27, body.find('"', at + 27) - at - 27);
    EXPECT_TRUE(has_header(answer, "X-Request-Id: " + std::string(id)));
}

std::string answer_to(const Server& server, const std::string& bytes) {
    TestSocket socket(server.port());
    socket.send(bytes);
    return socket.read_to_end();
}

TEST(ServerLimits, HeadOfTooManyBytes) {
    const auto server = start_echo();
    const std::string line = "X-A: " + std::string(1000, 'a') + "\r\n";
    std::string many;
    for (int i = 0; i < 20; ++i) many += line;
    expect_problem(answer_to(*server, get("/", many)), 431);
    expect_problem(answer_to(*server, "GET /" + std::string(20'000, 'a')), 431);
    EXPECT_EQ(status_of(TestSocket(server->port()).ask(get("/", line))), 200);
}

TEST(ServerLimits, BodyOfTooManyBytes) {
    std::atomic<int> handled = 0;
    const auto server = start_limited(test_options(), 100, handled);
    expect_problem(answer_to(*server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n"), 413);
    expect_problem(answer_to(*server, post("/", std::string(4 << 20, 'a'))), 413);
    expect_problem(answer_to(*server, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" +
                                          std::string(64, 'a') + "\r\n25\r\n"),
                   413);
    EXPECT_EQ(handled, 0);
    EXPECT_EQ(status_of(TestSocket(server->port()).ask(post("/", std::string(100, 'a')))), 200);
}

TEST(ServerLimits, MalformedAndUnknown) {
    const auto server = start_echo();
    expect_problem(answer_to(*server, "nonsense\r\n\r\n"), 400);
    expect_problem(answer_to(*server, "GET / HTTP/1.1\r\n\r\n"), 400);
    expect_problem(answer_to(*server, "GET / HTTP/3.0\r\nHost: h\r\n\r\n"), 505);
    expect_problem(answer_to(*server, get("/", "Transfer-Encoding: gzip\r\n")), 501);
    expect_problem(answer_to(*server, get("/", "Expect: tea\r\n")), 417);
    expect_problem(answer_to(*server, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), 400);
}

// What follows a refused request is never read as a request.
TEST(ServerLimits, SmuggledRequestsAreNotServed) {
    std::atomic<int> handled = 0;
    const auto server = start_limited(test_options(), 1000, handled);
    for (const char* lines :
         {"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 4\r\nContent-Length: 5\r\n",
          "Content-Length: 4, 4\r\n", "Transfer-Encoding : chunked\r\n", "X: y\r\n Content-Length: 4\r\n"}) {
        const std::string answer = answer_to(*server, get("/", lines) + "0\r\n\r\n" + get("/smuggled"));
        expect_problem(answer, 400);
        EXPECT_EQ(answer.find("smuggled"), std::string::npos);
    }
    EXPECT_EQ(handled, 0);
}

TEST(ServerLimits, TooManyConnections) {
    ServerOptions options = test_options();
    options.connections_max = 2;
    const auto server = start_echo(options);
    TestSocket first(server->port());
    TestSocket second(server->port());
    EXPECT_EQ(status_of(first.ask(get("/"))), 200);
    EXPECT_EQ(status_of(second.ask(get("/"))), 200);
    TestSocket third(server->port());
    expect_problem(third.read_to_end(), 503);
    EXPECT_EQ(status_of(first.ask(get("/"))), 200);
}

TEST(ServerLimits, SlowHeads) {
    ServerOptions options = test_options();
    options.header_timeout = milliseconds(60);
    const auto server = start_echo(options);
    expect_problem(answer_to(*server, "GET / HT"), 408);
}

// A byte now and then does not extend the time of a head.
TEST(ServerLimits, DrippingHeads) {
    ServerOptions options = test_options();
    options.header_timeout = milliseconds(100);
    const auto server = start_echo(options);
    TestSocket socket(server->port());
    socket.send("GET / HTTP/1.1\r\nX: ");
    while (socket.send("a") && socket.read_available().empty()) {
    }
    expect_problem(socket.read_to_end(), 408);
}

TEST(ServerLimits, SlowBodies) {
    ServerOptions options = test_options();
    options.body_timeout = milliseconds(60);
    const auto server = start_echo(options);
    expect_problem(answer_to(*server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc"), 408);
}

TEST(ServerLimits, IdleConnectionsEndSilently) {
    ServerOptions options = test_options();
    options.idle_timeout = milliseconds(60);
    const auto server = start_echo(options);
    EXPECT_EQ(answer_to(*server, ""), "");
    TestSocket used(server->port());
    EXPECT_EQ(status_of(used.ask(get("/"))), 200);
    EXPECT_EQ(used.read_to_end(), "");
}

// The client reads nothing of a long answer: the server must not wait for ever.
TEST(ServerLimits, ReadersThatStopReading) {
    ServerOptions options = test_options();
    options.body_timeout = milliseconds(60);
    options.connections_max = 1;
    const auto server = Server::start(options, {[](const Request&) { return BodyPolicy{}; },
                                                [](Request&) {
                                                    Response response;
                                                    response.body.assign(64 << 20, 'x');
                                                    return response;
                                                }});
    TestSocket stuck(server->port(), 4096);
    stuck.send(get("/"));
    EXPECT_EQ(stuck.read_until("\r\n\r\n").substr(0, 12), "HTTP/1.1 200");
    std::string answer;
    do {  // 503 until the stuck connection is gone
        TestSocket next(server->port());
        next.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
        answer = next.read_answer(true);
    } while (status_of(answer) == 503);
    EXPECT_EQ(status_of(answer), 200);
}

}  // namespace
}  // namespace engram::http
