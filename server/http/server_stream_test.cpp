#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <optional>

#include "base/error.hpp"
#include "http/server.hpp"
#include "http/test_socket.hpp"

namespace engram::http {
namespace {

using std::chrono::milliseconds;

Service streaming_in(std::size_t bytes_max, std::function<Response(Request&)> handle) {
    return {[bytes_max](const Request&) { return BodyPolicy{.bytes_max = bytes_max, .stream = true}; },
            std::move(handle)};
}

Service streaming_out(std::function<void(BodyWriter&)> stream) {
    return {[](const Request&) { return BodyPolicy{}; },
            [stream = std::move(stream)](Request&) {
                Response response;
                response.headers.add("Content-Type", "text/event-stream");
                response.stream = stream;
                return response;
            }};
}

// Counts the body in small reads; says the error's number where there is one.
Response count_body(Request& request) {
    Response response;
    std::size_t total = 0;
    std::array<char, 1000> piece{};
    try {
        while (const std::size_t count = request.body_reader->read(piece)) total += count;
        response.body = std::to_string(total);
    } catch (const base::Error& error) {
        response.status = 422;
        response.body = "error " + std::to_string(static_cast<int>(error.code()));
    }
    return response;
}

std::string error_body(base::Code code) { return "error " + std::to_string(static_cast<int>(code)); }

TEST(ServerBodyStream, ReadsLongBodiesOfBothKinds) {
    const auto server = Server::start(test_options(), streaming_in(64 << 20, count_body));
    TestSocket socket(server->port());
    const std::string large(5'000'000, 'x');
    EXPECT_EQ(body_of(socket.ask(post("/", large))), "5000000");
    EXPECT_EQ(body_of(socket.ask(post("/", "abc"))), "3");
    EXPECT_EQ(body_of(socket.ask(post("/", ""))), "0");
    EXPECT_EQ(body_of(socket.ask(get("/"))), "0");
}

TEST(ServerBodyStream, ReadsChunks) {
    const auto server = Server::start(test_options(), streaming_in(64 << 20, count_body));
    TestSocket socket(server->port());
    socket.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 100; ++i) socket.send("2710\r\n" + std::string(10'000, 'x') + "\r\n");
    EXPECT_EQ(body_of(socket.ask("0\r\n\r\n")), "1000000");
}

// The handler waits before it reads: the client must be held up by the bounded pipe, not the memory of the server.
TEST(ServerBodyStream, HoldsTheClientUp) {
    std::promise<void> go;
    const auto server = Server::start(test_options(), streaming_in(256 << 20, [&go](Request& request) {
                                          go.get_future().wait();
                                          return count_body(request);
                                      }));
    TestSocket socket(server->port());
    constexpr std::size_t kBytes = 128 << 20;
    socket.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(kBytes) + "\r\n\r\n");
    const std::size_t sent = socket.send_until_blocked(kBytes);
    EXPECT_LT(sent, kBytes / 2);
    go.set_value();
    const std::string rest(kBytes - sent, 'x');
    ASSERT_TRUE(socket.send(rest));
    EXPECT_EQ(body_of(socket.read_answer()), std::to_string(kBytes));
}

TEST(ServerBodyStream, TellsWhatWentWrong) {
    ServerOptions options = test_options();
    options.body_timeout = milliseconds(60);
    const auto server = Server::start(options, streaming_in(100, count_body));
    const std::string chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    TestSocket large(server->port());
    EXPECT_EQ(body_of(large.ask(chunked + "65\r\nab")), error_body(base::Code::kTooLarge));
    TestSocket broken(server->port());
    EXPECT_EQ(body_of(broken.ask(chunked + "xyz\r\n")), error_body(base::Code::kMalformed));
    TestSocket slow(server->port());
    EXPECT_EQ(body_of(slow.ask(chunked + "5\r\nab")), error_body(base::Code::kTimeout));
    TestSocket gone(server->port());
    gone.send(chunked + "5\r\nab");
    gone.finish_sending();
    EXPECT_EQ(body_of(gone.read_answer()), error_body(base::Code::kMalformed));
    EXPECT_EQ(gone.read_to_end(), "");
}

TEST(ServerBodyStream, SkipsAShortRestAndClosesOnALongOne) {
    const auto server = Server::start(test_options(), streaming_in(64 << 20, [](Request&) { return Response{}; }));
    TestSocket socket(server->port());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(status_of(socket.ask(post("/", std::string(60'000, 'x')))), 200);
    socket.send(post("/", std::string(4 << 20, 'x')));
    EXPECT_TRUE(has_header(socket.read_to_end(), "Connection: close"));
}

TEST(ServerAnswerStream, SendsChunksAndGoesOn) {
    const auto server = Server::start(test_options(), streaming_out([](BodyWriter& out) {
                                          EXPECT_TRUE(out.write("data: 1\n\n"));
                                          EXPECT_TRUE(out.write(""));
                                          EXPECT_TRUE(out.write("data: 2\n\n"));
                                          EXPECT_FALSE(out.cancelled());
                                      }));
    TestSocket socket(server->port());
    for (int i = 0; i < 3; ++i) {
        socket.send(get("/"));
        const std::string head = socket.read_until("\r\n\r\n");
        EXPECT_TRUE(has_header(head, "Transfer-Encoding: chunked"));
        EXPECT_EQ(head.find("Content-Length"), std::string::npos);
        EXPECT_EQ(socket.read_until("0\r\n\r\n"), "9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n");
    }
    socket.send("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(socket.read_to_end().ends_with("\r\n\r\n"));
}

TEST(ServerAnswerStream, AnswersPipelinedRequestsAfterIt) {
    const auto server = Server::start(test_options(), streaming_out([](BodyWriter& out) { out.write("x"); }));
    TestSocket socket(server->port());
    socket.send(get("/") + get("/") + get("/") + get("/"));
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(socket.read_until("0\r\n\r\n").ends_with("\r\n\r\n1\r\nx\r\n0\r\n\r\n"));
}

TEST(ServerAnswerStream, EndsWithTheConnectionInHttp10) {
    const auto server = Server::start(test_options(), streaming_out([](BodyWriter& out) { out.write("all"); }));
    TestSocket socket(server->port());
    socket.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const std::string answer = socket.read_to_end();
    EXPECT_EQ(body_of(answer), "all");
    EXPECT_TRUE(has_header(answer, "Connection: close"));
}

TEST(ServerAnswerStream, IsCutOffWhereTheSourceThrows) {
    const auto server = Server::start(test_options(), streaming_out([](BodyWriter& out) {
                                          out.write("half");
                                          throw base::Error(base::Code::kInternal, "broken");
                                      }));
    TestSocket socket(server->port());
    socket.send(get("/"));
    const std::string answer = socket.read_until("0\r\n\r\n");
    EXPECT_TRUE(answer.ends_with("4\r\nhalf\r\n"));
}

// A source of events that sleeps until on_cancel wakes it.
class SleepingSource {
public:
    void operator()(BodyWriter& out) {
        out.write("data: hello\n\n");
        std::promise<void> woken;
        out.on_cancel([&woken] { woken.set_value(); });
        woken.get_future().wait();
        EXPECT_TRUE(out.cancelled());
        EXPECT_FALSE(out.write("more"));
        bool at_once = false;
        out.on_cancel([&at_once] { at_once = true; });
        EXPECT_TRUE(at_once);
        ended.set_value();
    }
    std::promise<void> ended;
};

TEST(ServerAnswerStream, NoticesThatTheClientLeaves) {
    SleepingSource source;
    const auto server = Server::start(test_options(), streaming_out([&source](BodyWriter& out) { source(out); }));
    TestSocket socket(server->port());
    socket.send(get("/"));
    EXPECT_NE(socket.read_until("hello").find("hello"), std::string::npos);
    socket.close();
    source.ended.get_future().wait();
}

TEST(ServerAnswerStream, IsCancelledByStop) {
    SleepingSource source;
    const auto server = Server::start(test_options(), streaming_out([&source](BodyWriter& out) { source(out); }));
    TestSocket socket(server->port());
    socket.send(get("/"));
    socket.read_until("hello");
    server->stop();
    source.ended.get_future().wait();
    EXPECT_TRUE(socket.read_to_end().ends_with("0\r\n\r\n"));
}

TEST(ServerAnswerStream, WaitsForASlowClient) {
    std::atomic<std::size_t> written = 0;
    constexpr std::size_t kBytes = 64 << 20;
    const auto server = Server::start(test_options(), streaming_out([&written](BodyWriter& out) {
                                          const std::string piece(100'000, 'x');
                                          while (written < kBytes && out.write(piece)) written += piece.size();
                                      }));
    TestSocket socket(server->port(), 4096);
    socket.send(get("/"));
    socket.read_until("\r\n\r\n");
    socket.read_bytes(1 << 20);
    EXPECT_LT(written, kBytes / 2);
    socket.close();
}

// More streams than workers, and the workers still answer.
TEST(ServerAnswerStream, DoesNotKeepWorkersBusy) {
    ServerOptions options = test_options();
    options.workers = 2;
    constexpr std::size_t kStreams = 20;
    std::latch begun(kStreams);
    const auto server = Server::start(options, {[](const Request&) { return BodyPolicy{}; },
                                                [&begun](Request& request) {
                                                    if (request.path() != "/stream") return echo(request);
                                                    Response response;
                                                    response.stream = [&begun](BodyWriter& out) {
                                                        begun.count_down();
                                                        std::promise<void> woken;
                                                        out.on_cancel([&woken] { woken.set_value(); });
                                                        woken.get_future().wait();
                                                    };
                                                    return response;
                                                }});
    std::vector<TestSocket> sockets;
    for (std::size_t i = 0; i < kStreams; ++i) {
        sockets.emplace_back(server->port());
        sockets.back().send(get("/stream"));
    }
    begun.wait();
    EXPECT_EQ(body_of(TestSocket(server->port()).ask(get("/a"))), "GET /a ");
}

}  // namespace
}  // namespace engram::http
