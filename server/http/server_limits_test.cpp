#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

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

std::string head_of_length(std::size_t length) {
    return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

ServerOptions options_of_200_kib() {
    ServerOptions options = test_options();
    options.buffered_bytes_max = 200 << 10;
    return options;
}

void expect_full(const std::string& answer) {
    expect_problem(answer, 503);
    EXPECT_TRUE(has_header(answer, "Retry-After: 1"));
}

TEST(ServerLimits, BodiesThatDoNotFitIntoMemory) {
    const auto server = start_echo(options_of_200_kib());
    expect_full(answer_to(*server, head_of_length(201 << 10)));
    expect_full(answer_to(*server, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n40000\r\n" +
                                       std::string(256 << 10, 'a') + "\r\n0\r\n\r\n"));
    TestSocket fitting(server->port());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(status_of(fitting.ask(post("/", std::string(200 << 10, 'a')))), 200);
}

TEST(ServerLimits, BodiesOfManyShareTheMemory) {
    std::atomic<int> handled = 0;
    std::promise<void> go;
    const auto server = Server::start(options_of_200_kib(), {[](const Request&) { return BodyPolicy{}; },
                                                             [&](Request& request) {
                                                                 if (handled++ == 0) go.get_future().wait();
                                                                 return echo(request);
                                                             }});
    TestSocket declaring(server->port());
    declaring.send(head_of_length(150 << 10));
    TestSocket holding(server->port());
    holding.send(post("/", std::string(150 << 10, 'a')));
    while (handled == 0) std::this_thread::yield();
    expect_full(answer_to(*server, head_of_length(100 << 10)));
    EXPECT_EQ(status_of(TestSocket(server->port()).ask(post("/", std::string(64 << 10, 'a')))), 200) << "small ones do";
    declaring.send(std::string(150 << 10, 'b'));
    expect_full(declaring.read_to_end());
    go.set_value();
    EXPECT_EQ(status_of(holding.read_answer()), 200);
    EXPECT_EQ(status_of(TestSocket(server->port()).ask(post("/", std::string(190 << 10, 'a')))), 200);
}

TEST(ServerLimits, BodiesThatBreakOffGiveTheirMemoryBack) {
    const auto server = start_echo(options_of_200_kib());
    TestSocket broken(server->port());
    broken.send(head_of_length(190 << 10) + std::string(180 << 10, 'a'));
    const std::string asking = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 180000\r\nExpect: 100-continue\r\n\r\n";
    std::string answer;
    do {  // until the server has read them; only asks, and takes nothing
        TestSocket probe(server->port());
        probe.send(asking);
        answer = probe.read_until("\r\n\r\n");
    } while (status_of(answer) == 100);
    EXPECT_EQ(status_of(answer), 503);
    broken.close();
    do {
        answer = TestSocket(server->port()).ask(post("/", std::string(180 << 10, 'a')));
    } while (status_of(answer) == 503);
    EXPECT_EQ(status_of(answer), 200);
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

TEST(ServerLimits, DrippingBodies) {
    ServerOptions options = test_options();
    options.body_timeout = milliseconds(100);
    const auto server = start_echo(options);
    for (const char* framing : {"Content-Length: 9999", "Transfer-Encoding: chunked"}) {
        TestSocket socket(server->port());
        socket.send("POST / HTTP/1.1\r\nHost: h\r\n" + std::string(framing) + "\r\n\r\n270f\r\n");
        while (socket.send("a") && socket.read_available().empty()) {
        }
        expect_problem(socket.read_to_end(), 408);
    }
}

// The client always reads, and never fast enough for this server.
TEST(ServerLimits, ReadersThatAreTooSlow) {
    constexpr std::size_t kBytes = 256 << 20;
    ServerOptions options = test_options();
    options.body_timeout = milliseconds(20);
    options.body_bytes_per_second_min = std::size_t{1} << 40;
    const auto server = Server::start(options, {[](const Request&) { return BodyPolicy{}; },
                                                [](Request&) {
                                                    Response response;
                                                    response.body.assign(kBytes, 'x');
                                                    return response;
                                                }});
    TestSocket socket(server->port(), 4096);
    socket.send(get("/"));
    EXPECT_LT(socket.read_to_end().size(), kBytes);
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
