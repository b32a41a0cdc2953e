#include "http/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <future>
#include <thread>

#include "base/error.hpp"
#include "base/thread.hpp"
#include "http/client.hpp"
#include "http/test_socket.hpp"

namespace engram::http {
namespace {

Service service_of(std::function<Response(Request&)> handle) {
    return {[](const Request&) { return BodyPolicy{}; }, std::move(handle)};
}

TEST(Server, AnswersAndKeepsTheConnection) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    for (int i = 0; i < 3; ++i) {
        const std::string answer = socket.ask(get("/a?b=c"));
        EXPECT_EQ(status_of(answer), 200);
        EXPECT_EQ(body_of(answer), "GET /a?b=c ");
        EXPECT_TRUE(has_header(answer, "Content-Length: 11"));
        EXPECT_TRUE(has_header(answer, "Content-Type: text/plain"));
        EXPECT_EQ(answer.find("Connection:"), std::string::npos);
    }
}

TEST(Server, ClosesWhereAsked) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    socket.send(get("/", "Connection: close\r\n"));
    EXPECT_TRUE(has_header(socket.read_to_end(), "Connection: close"));
}

TEST(Server, SpeaksHttp10) {
    const auto server = start_echo();
    TestSocket closing(server->port());
    closing.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(has_header(closing.read_to_end(), "Connection: close"));
    TestSocket keeping(server->port());
    EXPECT_TRUE(has_header(keeping.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), "Connection: keep-alive"));
    EXPECT_EQ(status_of(keeping.ask("GET / HTTP/1.0\r\n\r\n")), 200);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    std::string requests;
    for (int i = 0; i < 50; ++i) requests += post("/" + std::to_string(i), "body" + std::to_string(i));
    socket.send(requests);
    socket.finish_sending();
    for (int i = 0; i < 50; ++i) {
        const std::string number = std::to_string(i);
        EXPECT_EQ(body_of(socket.read_answer()), std::string("POST /").append(number).append(" body").append(number));
    }
    EXPECT_EQ(socket.read_to_end(), "");
}

TEST(Server, AcceptsBytesOneByOne) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    const std::string request = "\r\n" + post("/slow", "body") + get("/next");
    for (const char c : request) ASSERT_TRUE(socket.send({&c, 1}));
    EXPECT_EQ(body_of(socket.read_answer()), "POST /slow body");
    EXPECT_EQ(body_of(socket.read_answer()), "GET /next ");
}

TEST(Server, SkipsAnEmptyLineThatComesInTwo) {
    ServerOptions options = test_options();
    options.io_threads = 1;
    const auto server = start_echo(options);
    TestSocket socket(server->port());
    TestSocket other(server->port());
    for (const std::string_view piece : {"\r", "\n\r", "\n"}) {
        socket.send(piece);
        EXPECT_EQ(status_of(other.ask(get("/"))), 200);  // the loop has read the piece by then
    }
    EXPECT_EQ(body_of(socket.ask(get("/late"))), "GET /late ");
}

TEST(Server, HeadHasTheLengthAndNoBody) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    socket.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get("/b"));
    const std::string answer = socket.read_answer(true);
    EXPECT_TRUE(has_header(answer, "Content-Length: 8"));
    EXPECT_EQ(body_of(answer), "");
    EXPECT_EQ(body_of(socket.read_answer()), "GET /b ");
}

TEST(Server, StatusesWithoutABodySendNone) {
    const auto server = Server::start(test_options(), service_of([](Request& request) {
                                          Response response;
                                          response.status = request.path() == "/304" ? 304 : 204;
                                          response.body = "must not be sent";
                                          return response;
                                      }));
    TestSocket socket(server->port());
    for (const char* path : {"/204", "/304"}) {
        const std::string answer = socket.ask(get(path));
        EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
        EXPECT_EQ(body_of(answer), "");
    }
}

TEST(Server, ReadsChunkedBodies) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    const std::string answer = socket.ask(
        "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: "
        "u\r\n\r\n");
    EXPECT_EQ(body_of(answer), "POST /c abcde");
    EXPECT_EQ(body_of(socket.ask(get("/d"))), "GET /d ");
}

TEST(Server, SaysContinueOnceTheLengthIsAccepted) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    socket.send("POST /e HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    socket.send("body");
    EXPECT_EQ(body_of(socket.read_answer()), "POST /e body");
    socket.send("POST /e HTTP/1.1\r\nHost: h\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(status_of(socket.read_to_end()), 413);
}

TEST(Server, TakesAbsoluteTargets) {
    const auto server = start_echo();
    TestSocket socket(server->port());
    EXPECT_EQ(body_of(socket.ask(get("http://test/x?y"))), "GET /x?y ");
}

TEST(Server, SendsLongBodies) {
    const std::string large(8 << 20, 'x');
    const auto server = Server::start(test_options(), service_of([&large](Request&) {
                                          Response response;
                                          response.body = large;
                                          return response;
                                      }));
    TestSocket socket(server->port(), 4096);
    EXPECT_EQ(body_of(socket.ask(get("/"))), large);
    EXPECT_EQ(body_of(socket.ask(get("/"))), large);
}

TEST(Server, CompressesWhatMayBe) {
    const auto server = Server::start(test_options(), service_of([](Request&) {
                                          Response response;
                                          response.headers.add("Content-Type", "application/json");
                                          response.body.assign(10'000, ' ');
                                          return response;
                                      }));
    TestSocket socket(server->port());
    const std::string packed = socket.ask(get("/", "Accept-Encoding: gzip\r\n"));
    EXPECT_TRUE(has_header(packed, "Content-Encoding: gzip"));
    EXPECT_TRUE(has_header(packed, "Vary: Accept-Encoding"));
    EXPECT_LT(packed.size(), 1000U);
    const std::string plain = socket.ask(get("/"));
    EXPECT_FALSE(has_header(plain, "Content-Encoding: gzip"));
    EXPECT_EQ(body_of(plain).size(), 10'000U);
}

TEST(Server, GuardsAgainstHandlersThatThrow) {
    const auto server = Server::start(test_options(), service_of([](Request& request) -> Response {
                                          Response bad;
                                          bad.status = 42;
                                          if (request.path() == "/status") return bad;
                                          throw base::Error(base::Code::kInternal, "secret");
                                      }));
    TestSocket socket(server->port());
    for (const char* path : {"/throw", "/status"}) {
        const std::string answer = socket.ask(get(path));
        EXPECT_EQ(status_of(answer), 500);
        EXPECT_EQ(answer.find("secret"), std::string::npos);
    }
}

TEST(Server, LeavesOutHeadersThatSplitAnswers) {
    const auto server = Server::start(test_options(), service_of([](Request&) {
                                          Response response;
                                          response.headers = {{"X-A", "b\r\nX-Evil: 1"}, {"X C", "d"}, {"X-E", "f"}};
                                          response.headers.add("Content-Length", "999");
                                          response.headers.add("Transfer-Encoding", "chunked");
                                          return response;
                                      }));
    TestSocket socket(server->port());
    EXPECT_EQ(socket.ask(get("/")), "HTTP/1.1 200 OK\r\nX-E: f\r\nContent-Length: 0\r\n\r\n");
}

TEST(Server, TellsPeerAndTransport) {
    ServerOptions options = test_options();
    options.unix_socket_path = testing::TempDir() + "engram_http_transport";
    const auto server = Server::start(options, service_of([](Request& request) {
                                          Response response;
                                          response.body = request.peer;
                                          response.body +=
                                              request.transport == Transport::kUnixSocket ? " unix" : " tcp";
                                          return response;
                                      }));
    EXPECT_EQ(Client::connect_tcp("127.0.0.1", server->port())->send({}).status, 400) << "an empty target";
    Request request;
    request.target = "/";
    EXPECT_EQ(Client::connect_tcp("127.0.0.1", server->port())->send(request).body, "127.0.0.1 tcp");
    EXPECT_EQ(Client::connect_unix(options.unix_socket_path)->send(request).body, " unix");
}

TEST(Server, ServesManyConnectionsAtOnce) {
    constexpr int kConnections = 200;
    constexpr int kThreads = 8;
    const auto server = start_echo();
    std::vector<TestSocket> sockets;
    for (int i = 0; i < kConnections; ++i) sockets.emplace_back(server->port());
    std::atomic<int> good = 0;
    {
        std::vector<base::Thread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back("client", [&, t](const std::stop_token&) {
                for (int round = 0; round < 5; ++round) {
                    for (int i = t; i < kConnections; i += kThreads) sockets[i].send(get("/" + std::to_string(i)));
                    for (int i = t; i < kConnections; i += kThreads) {
                        if (body_of(sockets[i].read_answer()) == "GET /" + std::to_string(i) + " ") ++good;
                    }
                }
            });
        }
    }
    EXPECT_EQ(good, kConnections * 5);
}

TEST(Server, NamesATakenAddress) {
    const auto server = start_echo();
    ServerOptions options = test_options();
    options.port = server->port();
    try {
        start_echo(options);
        FAIL();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kUnavailable);
        EXPECT_NE(error.safe().find("127.0.0.1:" + std::to_string(server->port())), std::string::npos);
    }
}

TEST(Client, SendsAndReadsAllKindsOfBodies) {
    const auto server =
        Server::start(test_options(), service_of([](Request& request) {
                          if (request.path() != "/stream") return echo(request);
                          Response response;
                          response.stream = [](BodyWriter& out) { out.write("one") && out.write("two"); };
                          return response;
                      }));
    const auto client = Client::connect_tcp("127.0.0.1", server->port());
    Request request;
    request.method = Method::kPost;
    request.target = "/a";
    request.headers.add("X-One", "1");
    request.body = "body";
    EXPECT_EQ(client->send(request).body, "POST /a body");
    request.method = Method::kHead;
    request.body.clear();
    EXPECT_EQ(client->send(request).headers.find("content-length"), "8");
    request.method = Method::kGet;
    request.target = "/stream";
    EXPECT_EQ(client->send(request).body, "onetwo");
    request.headers.add("Connection", "close");
    EXPECT_EQ(client->send(request).body, "onetwo");
    EXPECT_THROW(client->send(request), base::Error);
}

TEST(Client, SaysThatNobodyListens) {
    EXPECT_THROW(Client::connect_unix(testing::TempDir() + "engram_http_nobody"), base::Error);
    EXPECT_THROW(Client::connect_unix(std::string(500, 'a')), base::Error);
    EXPECT_THROW(Client::connect_tcp("not an address", 80), base::Error);
}

}  // namespace
}  // namespace engram::http
