#include <gtest/gtest.h>

#include <chrono>
#include <semaphore>
#include <stdexcept>
#include <string>

#include "base/thread.hpp"
#include "http/server.hpp"
#include "http/test_web_socket.hpp"

namespace engram::http {
namespace {

using std::chrono::milliseconds;

class WebSocketEnd : public testing::Test {
protected:
    TestWebSocket open(int receive_buffer_bytes = 0) {
        server_ = Server::start(options_, accepted_.service());
        TestWebSocket client(TestSocket(server_->port(), receive_buffer_bytes));
        socket_ = accepted_.socket();
        return client;
    }

    ServerOptions options_ = test_options();
    Accepted accepted_;  // outlives the server, which calls it
    std::unique_ptr<Server> server_;
    std::shared_ptr<WebSocket> socket_;  // shared with the server
};

TEST_F(WebSocketEnd, ByTheClientIsAnswered) {
    TestWebSocket client = open();
    client.socket().send(close_frame(3001));
    EXPECT_EQ(client.read().code(), 3001);
    EXPECT_EQ(client.read().opcode, kEnd);
    client.socket().close();
    EXPECT_TRUE(accepted_.wait_closed());
    EXPECT_FALSE(socket_->send("too late"));
    EXPECT_EQ(socket_->waiting(), 0U);
    socket_->close(1000, "");
}

TEST_F(WebSocketEnd, ByTheServerComesAfterWhatWasSent) {
    TestWebSocket client = open();
    EXPECT_TRUE(socket_->send("last words"));
    socket_->close(4001, "enough");
    EXPECT_FALSE(socket_->send("too late"));
    socket_->close(4002, "");
    EXPECT_EQ(client.read_text(), "last words");
    const Frame frame = client.read();
    EXPECT_EQ(frame.code(), 4001);
    EXPECT_EQ(frame.payload.substr(2), "enough");
    client.socket().send(http::frame(kText, "crossed it on the way") + close_frame(4001));
    EXPECT_EQ(client.read().opcode, kEnd);
    client.socket().close();
    EXPECT_TRUE(accepted_.wait_closed());
    EXPECT_TRUE(accepted_.messages(0).empty());
}

TEST_F(WebSocketEnd, CutsALongReasonBetweenCharacters) {
    TestWebSocket client = open();
    std::string reason = "x";
    while (reason.size() < 200) reason += "\xc3\xa4";
    socket_->close(1000, reason);
    EXPECT_EQ(client.read().payload.substr(2), reason.substr(0, 123));
}

TEST_F(WebSocketEnd, DoesNotWaitForeverForTheAnswer) {
    options_.web_sockets.close_timeout = milliseconds(20);
    TestWebSocket client = open();
    socket_->close(1000, "");
    EXPECT_TRUE(accepted_.wait_closed());
    EXPECT_EQ(client.read().code(), 1000);
    EXPECT_EQ(client.read().opcode, kEnd);
}

TEST_F(WebSocketEnd, DoesNotWaitForeverForWhoBrokeTheProtocol) {
    options_.web_sockets.close_timeout = milliseconds(20);
    TestWebSocket client = open();
    client.send("\xff");
    EXPECT_TRUE(accepted_.wait_closed());
    EXPECT_EQ(client.read().code(), 1007);
}

TEST_F(WebSocketEnd, IsNoticedWhereTheClientVanishes) {
    {
        TestWebSocket client = open();
        client.socket().send(frame(kText, "never finished").substr(0, 8));
    }
    EXPECT_TRUE(accepted_.wait_closed());
    EXPECT_FALSE(socket_->send("too late"));
}

TEST_F(WebSocketEnd, ComesToASilentClient) {
    options_.web_sockets.ping_after = milliseconds(20);
    options_.web_sockets.pong_timeout = milliseconds(20);
    TestWebSocket client = open();
    EXPECT_EQ(client.read().opcode, kPing);
    EXPECT_EQ(client.read().opcode, kEnd);
    EXPECT_TRUE(accepted_.wait_closed());
}

TEST_F(WebSocketEnd, DoesNotComeToAClientThatAnswersPings) {
    options_.web_sockets.ping_after = milliseconds(10);
    TestWebSocket client = open();
    for (int i = 0; i < 5; ++i) {
        const Frame ping = client.read();
        EXPECT_EQ(ping.opcode, kPing);  // another one comes only after a pong
        client.socket().send(frame(kPong, ping.payload));
    }
    client.socket().send(frame(kText, "alive"));
    EXPECT_EQ(accepted_.messages(1).at(0), "alive");
}

TEST_F(WebSocketEnd, ComesToAClientThatFallsBehind) {
    options_.web_sockets.close_timeout = milliseconds(20);
    options_.web_sockets.waiting_bytes_max = 16 << 20;  // more than the system takes
    TestWebSocket client = open(4096);
    const std::string text(64 << 10, 'x');
    while (socket_->send(text)) {
    }
    EXPECT_FALSE(socket_->send("x"));
    EXPECT_TRUE(accepted_.wait_closed());
}

TEST_F(WebSocketEnd, SaysWhyToAClientThatFallsBehind) {
    options_.web_sockets.waiting_bytes_max = 1000;
    TestWebSocket client = open();
    EXPECT_FALSE(socket_->send(std::string(1000, 'x')));
    EXPECT_EQ(client.read().code(), 1013);
}

TEST_F(WebSocketEnd, ComesToAClientThatReadsNothing) {
    options_.body_timeout = milliseconds(40);
    options_.web_sockets.waiting_bytes_max = 64 << 20;
    TestWebSocket client = open(4096);
    EXPECT_TRUE(socket_->send(std::string(32 << 20, 'x')));
    EXPECT_TRUE(accepted_.wait_closed());
}

TEST_F(WebSocketEnd, FollowsAHandlerThatThrows) {
    accepted_.on_message = [](WebSocket&, std::string_view) { throw std::runtime_error("broken"); };
    TestWebSocket client = open();
    client.send("a");
    EXPECT_EQ(client.read().code(), 1011);
}

TEST_F(WebSocketEnd, FollowsAnAcceptThatThrows) {
    const auto server = Server::start(
        options_, {[](const Request&) { return BodyPolicy{}; },
                   [](Request&) {
                       Response response{.status = 101};
                       response.accept_web_socket = [](const std::shared_ptr<WebSocket>&) -> WebSocketEvents {
                           throw std::runtime_error("broken");
                       };
                       return response;
                   }});
    TestWebSocket client(server->port());
    EXPECT_EQ(status_of(client.answer()), 101);
    EXPECT_EQ(client.read().code(), 1011);
}

TEST_F(WebSocketEnd, ComesWithTheServers) {
    TestWebSocket client = open();
    base::Thread stopping("stop", [this](const std::stop_token&) { server_->stop(); });
    EXPECT_EQ(client.read().code(), 1001);
    client.socket().send(close_frame(1001));
    EXPECT_EQ(client.read().opcode, kEnd);
    client.socket().close();
    stopping.join();
    EXPECT_TRUE(accepted_.wait_closed());
}

TEST_F(WebSocketEnd, WaitsNoLongerThanTheServerMay) {
    options_.shutdown_timeout = milliseconds(50);
    options_.web_sockets.close_timeout = std::chrono::hours(1);
    TestWebSocket client = open();
    server_->stop();
    EXPECT_TRUE(accepted_.wait_closed());
    EXPECT_EQ(client.read().code(), 1001);
}

TEST_F(WebSocketEnd, DoesNotWaitForAHandler) {
    std::binary_semaphore begun{0}, go{0};
    accepted_.on_message = [&](WebSocket& socket, std::string_view) {
        begun.release();
        go.acquire();
        EXPECT_FALSE(socket.send("too late"));
    };
    TestWebSocket client = open();
    client.send("a");
    begun.acquire();
    base::Thread stopping("stop", [this](const std::stop_token&) { server_->stop(); });
    EXPECT_EQ(client.read().code(), 1001);
    client.socket().send(close_frame(1001));
    client.socket().close();
    stopping.join();
    go.release();
    EXPECT_TRUE(accepted_.wait_closed());
}

// Two handlers hold the only two threads that could lead the loop: stop() comes to its end without the WebSocket's.
TEST_F(WebSocketEnd, ComesBeforeTheLoopGoes) {
    options_.io_threads = 1;
    options_.workers = 1;
    options_.shutdown_timeout = milliseconds(10);
    std::counting_semaphore<> begun{0}, go{0};
    Service service = accepted_.service(true);
    server_ = Server::start(options_, {service.body_policy, [&](Request& request) {
                                           if (request.path() != "/wait") return service.handle(request);
                                           begun.release();
                                           go.acquire();
                                           return Response{};
                                       }});
    TestWebSocket client(server_->port());
    socket_ = accepted_.socket();
    TestSocket first(server_->port());
    TestSocket second(server_->port());
    for (TestSocket* holding : {&first, &second}) {
        holding->send(get("/wait"));
        begun.acquire();
    }
    server_->stop();
    EXPECT_TRUE(socket_->send("nobody will take it"));
    go.release(2);
    server_.reset();
    EXPECT_TRUE(accepted_.wait_closed());
    EXPECT_FALSE(socket_->send("too late"));
}

}  // namespace
}  // namespace engram::http
