#include "http/web_socket.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <set>
#include <string>
#include <vector>

#include "base/thread.hpp"
#include "http/server.hpp"
#include "http/test_web_socket.hpp"

namespace engram::http {
namespace {

class WebSocketTest : public testing::Test {
protected:
    void start() { server_ = Server::start(options_, accepted_.service()); }
    // The code that the server closes with after `bytes`.
    int code_after(const std::string& bytes) {
        TestWebSocket client(server_->port());
        client.socket().send(bytes);
        return client.read().code();
    }

    ServerOptions options_ = test_options();
    Accepted accepted_;  // outlives the server, which calls it
    std::unique_ptr<Server> server_;
};

TEST_F(WebSocketTest, EchoesMessagesOfEveryLength) {
    start();
    TestWebSocket client(server_->port());
    for (const std::size_t size : {0, 1, 125, 126, 1'500, 1'600, 20'000, 65'535, 65'536}) {
        const std::string text(size, 'x');
        client.send(text);
        EXPECT_EQ(client.read_text(), text) << size;
    }
}

TEST_F(WebSocketTest, TakesMessagesInOrder) {
    start();
    TestWebSocket client(server_->port());
    std::string bytes;
    for (int i = 0; i < 200; ++i) bytes += frame(kText, std::to_string(i));
    client.socket().send(bytes);
    for (int i = 0; i < 200; ++i) ASSERT_EQ(client.read_text(), std::to_string(i));
}

TEST_F(WebSocketTest, AssemblesFragmentsAndAnswersPingsBetweenThem) {
    start();
    TestWebSocket client(server_->port());
    client.socket().send(frame(kText, "one \xc3", false) + frame(kPing, "p") + frame(kContinuation, "", false) +
                         frame(kContinuation, "\xa4 two", true));
    const Frame pong = client.read();
    EXPECT_EQ(pong.opcode, kPong);
    EXPECT_EQ(pong.payload, "p");
    EXPECT_EQ(client.read_text(), "one \xc3\xa4 two");
}

TEST_F(WebSocketTest, AcceptsBytesOneByOne) {
    start();
    TestWebSocket client(server_->port());
    for (const char c : frame(kText, "slow", false) + frame(kContinuation, "ly")) client.socket().send({&c, 1});
    EXPECT_EQ(client.read_text(), "slowly");
}

TEST_F(WebSocketTest, ClosesOnWhatIsNotAllowed) {
    start();
    const std::string half(40'000, 'x');
    EXPECT_EQ(code_after(frame(kText, std::string(65'537, 'x'))), 1009);
    EXPECT_EQ(code_after(frame(kText, half, false) + frame(kContinuation, half)), 1009);
    EXPECT_EQ(code_after(frame(kBinary, "abc")), 1003);
    EXPECT_EQ(code_after(frame(kText, "\xc3\x28")), 1007);
    EXPECT_EQ(code_after(frame(kText, "\xc3")), 1007);
    EXPECT_EQ(code_after(frame(kContinuation, "abc")), 1002);
    EXPECT_EQ(code_after(std::string("\x81\x01x")), 1002) << "not masked";
    EXPECT_EQ(code_after(frame(kText | 0x40U, "abc")), 1002) << "compressed";
    EXPECT_TRUE(accepted_.wait_closed(8));
    EXPECT_TRUE(accepted_.messages(0).empty());
}

TEST_F(WebSocketTest, ReadsNoMoreWhileAMessageIsHandled) {
    options_.io_threads = 1;
    std::binary_semaphore go{0};
    accepted_.on_message = [&go](WebSocket& socket, std::string_view text) {
        go.acquire();
        socket.send(std::string(text));
    };
    start();
    TestWebSocket client(server_->port());
    client.socket().send(frame(kText, "first") + frame(kBinary, "refused once it is read"));
    EXPECT_EQ(accepted_.messages(1).size(), 1U);
    EXPECT_EQ(status_of(TestSocket(server_->port()).ask(get("/"))), 200);  // the loop could have read it by then
    EXPECT_EQ(client.socket().read_available(), "");
    go.release();
    EXPECT_EQ(client.read_text(), "first");
    EXPECT_EQ(client.read().code(), 1003);
}

TEST_F(WebSocketTest, SendsFromManyThreads) {
    constexpr int kThreads = 8, kEach = 300;
    options_.web_sockets.waiting_bytes_max = 1 << 20;
    start();
    TestWebSocket client(server_->port());
    const auto socket = accepted_.socket();
    std::vector<base::Thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back("sender", [&socket, t](const std::stop_token&) {
            for (int i = 0; i < kEach; ++i) EXPECT_TRUE(socket->send(std::to_string(t * kEach + i)));
        });
    }
    std::vector<int> last(kThreads, -1);
    for (int i = 0; i < kThreads * kEach; ++i) {
        const int number = std::stoi(client.read_text());
        EXPECT_EQ(number % kEach, last[number / kEach] + 1) << "in the order of its thread";
        last[number / kEach] = number % kEach;
    }
}

TEST_F(WebSocketTest, SendsLongMessagesAndTellsWhenAllAreGone) {
    options_.web_sockets.waiting_bytes_max = 4 << 20;
    start();
    TestWebSocket client(server_->port());
    const std::string text(1 << 20, 'y');
    const auto socket = accepted_.socket();
    EXPECT_TRUE(socket->send(text));
    EXPECT_TRUE(socket->send("end"));
    EXPECT_EQ(client.read_text(), text);
    EXPECT_EQ(client.read_text(), "end");
    EXPECT_TRUE(accepted_.wait_drained());
    EXPECT_EQ(socket->waiting(), 0U);
}

TEST_F(WebSocketTest, MakesOneCallAtATime) {
    std::atomic<int> inside = 0;
    std::atomic<bool> overlapped = false;
    const auto enter = [&] {
        if (++inside != 1) overlapped = true;
        --inside;
    };
    server_ = Server::start(options_, {[](const Request&) { return BodyPolicy{}; },
                                       [&](Request&) {
                                           Response response{.status = 101};
                                           response.accept_web_socket = [&](const std::shared_ptr<WebSocket>& socket) {
                                               enter();
                                               return WebSocketEvents{.on_message =
                                                                          [&, socket](std::string_view text) {
                                                                              enter();
                                                                              socket->send(std::string(text));
                                                                          },
                                                                      .on_drained = enter,
                                                                      .on_close = enter};
                                           };
                                           return response;
                                       }});
    TestWebSocket client(server_->port());
    for (int i = 0; i < 200; ++i) {
        client.send("a");
        EXPECT_EQ(client.read_text(), "a");
    }
    client.socket().close();
    server_.reset();
    EXPECT_FALSE(overlapped);
}

TEST_F(WebSocketTest, ServesManyAtOnce) {
    constexpr std::size_t kCount = 256;
    start();
    std::vector<TestWebSocket> clients;
    for (std::size_t i = 0; i < kCount; ++i) {
        clients.emplace_back(server_->port());
        EXPECT_EQ(status_of(clients.back().answer()), 101);
    }
    std::set<std::string> heard, wanted;
    const auto sockets = accepted_.sockets(kCount);
    for (std::size_t i = 0; i < kCount; ++i) {
        EXPECT_TRUE(sockets[i]->send(std::to_string(i)));
        wanted.insert(std::to_string(i));
    }
    for (TestWebSocket& client : clients) heard.insert(client.read_text());
    EXPECT_EQ(heard, wanted);
    EXPECT_EQ(status_of(TestSocket(server_->port()).ask(get("/"))), 200);
    clients.clear();
    EXPECT_TRUE(accepted_.wait_closed(kCount));
}

}  // namespace
}  // namespace engram::http
