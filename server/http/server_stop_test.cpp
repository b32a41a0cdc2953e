#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <future>

#include "base/error.hpp"
#include "base/thread.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "http/test_socket.hpp"

namespace engram::http {
namespace {

using std::chrono::milliseconds;

// A handler that says when it has begun and ends when it may.
struct Gate {
    std::promise<void> begun, go;
    Service service() {
        return {[](const Request&) { return BodyPolicy{}; },
                [this](Request& request) {
                    begun.set_value();
                    go.get_future().wait();
                    return echo(request);
                }};
    }
};

TEST(ServerStop, FinishesWhatHasBegun) {
    Gate gate;
    const auto server = Server::start(test_options(), gate.service());
    TestSocket idle(server->port());
    TestSocket busy(server->port());
    busy.send(get("/a"));
    gate.begun.get_future().wait();
    base::Thread stopping("stop", [&server](const std::stop_token&) { server->stop(); });
    EXPECT_EQ(idle.read_to_end(), "");
    EXPECT_FALSE(TestSocket(server->port()).connected());
    gate.go.set_value();
    const std::string answer = busy.read_to_end();
    EXPECT_EQ(body_of(answer), "GET /a ");
    EXPECT_TRUE(has_header(answer, "Connection: close"));
    busy.close();
    stopping.join();
    server->stop();
}

TEST(ServerStop, IsBoundedInTime) {
    Gate gate;
    ServerOptions options = test_options();
    options.shutdown_timeout = milliseconds(50);
    const auto server = Server::start(options, gate.service());
    TestSocket busy(server->port());
    busy.send(get("/"));
    gate.begun.get_future().wait();
    server->stop();
    EXPECT_EQ(busy.read_until("\r\n\r\n"), "");
    gate.go.set_value();
}

TEST(ServerStop, CutsOffABodyThatNeverComes) {
    ServerOptions options = test_options();
    options.shutdown_timeout = milliseconds(50);
    std::promise<void> failed;
    const auto server = Server::start(options, {[](const Request&) { return BodyPolicy{.stream = true}; },
                                                [&failed](Request& request) {
                                                    char byte = 0;
                                                    EXPECT_THROW(request.body_reader->read({&byte, 1}), base::Error);
                                                    failed.set_value();
                                                    return Response{};
                                                }});
    TestSocket socket(server->port());
    socket.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
    socket.read_until("\r\n\r\n");
    server->stop();
    failed.get_future().wait();
}

class UnixSocket : public testing::Test {
protected:
    UnixSocket() {
        options_.unix_socket_path = path_;
        ::unlink(path_.c_str());
    }
    const std::string path_ = testing::TempDir() + "engram_http_socket";
    ServerOptions options_ = test_options();
};

TEST_F(UnixSocket, IsForItsUserAloneAndGoesWithTheServer) {
    const auto server = start_echo(options_);
    struct stat info{};
    ASSERT_EQ(::stat(path_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    Request request;
    request.target = "/u";
    EXPECT_EQ(Client::connect_unix(path_)->send(request).body, "GET /u ");
    server->stop();
    EXPECT_NE(::stat(path_.c_str(), &info), 0);
}

TEST_F(UnixSocket, ReplacesAStaleFileOnly) {
    {
        const auto first = start_echo(options_);
        EXPECT_THROW(start_echo(options_), base::Error);
        EXPECT_NO_THROW(Client::connect_unix(path_));
        ASSERT_EQ(::rename(path_.c_str(), (path_ + "_kept").c_str()), 0);
    }
    ASSERT_EQ(::rename((path_ + "_kept").c_str(), path_.c_str()), 0);  // as after a crash
    const auto second = start_echo(options_);
    EXPECT_NO_THROW(Client::connect_unix(path_));
}

TEST_F(UnixSocket, LeavesOtherFilesAlone) {
    std::ofstream(path_) << "precious";
    EXPECT_THROW(start_echo(options_), base::Error);
    std::string word;
    std::ifstream(path_) >> word;
    EXPECT_EQ(word, "precious");
    ::unlink(path_.c_str());
}

}  // namespace
}  // namespace engram::http
