#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <future>
#include <semaphore>
#include <string>
#include <vector>

#include "http/server.hpp"
#include "http/test_socket.hpp"

namespace engram::http {
namespace {

std::string thread_name() {
    std::array<char, 16> name{};
    ::pthread_getname_np(::pthread_self(), name.data(), name.size());
    return name.data();
}

Response text(std::string body) {
    Response response;
    response.body = std::move(body);
    return response;
}

// Names the thread that handles; "/wait" lasts until it may go.
struct Handlers {
    std::counting_semaphore<> begun{0}, go{0};

    Service service(bool brief) {
        return {[brief](const Request&) { return BodyPolicy{.brief = brief}; },
                [this](Request& request) {
                    if (request.path() == "/wait") {
                        begun.release();
                        go.acquire();
                    }
                    return text(thread_name());
                }};
    }
};

ServerOptions one_loop(std::size_t workers = 8) {
    ServerOptions options = test_options();
    options.io_threads = 1;
    options.workers = workers;
    return options;
}

TEST(ServerLeader, HandlesBriefRequestsOnTheLoop) {
    Handlers handlers;
    const auto server = Server::start(one_loop(), handlers.service(true));
    TestSocket first(server->port());
    TestSocket second(server->port());
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(body_of(first.ask(get("/"))), "http-io");
        EXPECT_EQ(body_of(second.ask(get("/"))), "http-io");
    }
}

TEST(ServerLeader, HandlesTheRestOnWorkersWhereSeveralAsk) {
    Handlers handlers;
    const auto server = Server::start(one_loop(), handlers.service(false));
    TestSocket alone(server->port());
    EXPECT_EQ(body_of(alone.ask(get("/"))), "http-io");
    TestSocket second(server->port());
    EXPECT_EQ(body_of(second.ask(get("/"))), "http-worker");
    EXPECT_EQ(body_of(alone.ask(get("/"))), "http-worker");
}

TEST(ServerLeader, GivesTheLoopAwayWhileHandlersLast) {
    Handlers handlers;
    const auto server = Server::start(one_loop(), handlers.service(true));
    std::vector<TestSocket> lasting;
    for (int i = 0; i < 5; ++i) {
        lasting.emplace_back(server->port()).send(get("/wait"));
        handlers.begun.acquire();
    }
    TestSocket other(server->port());
    EXPECT_EQ(body_of(other.ask(get("/"))), "http-io");
    handlers.go.release(5);
    for (TestSocket& socket : lasting) EXPECT_EQ(body_of(socket.read_answer()), "http-io");
    for (TestSocket& socket : lasting) EXPECT_EQ(body_of(socket.ask(get("/"))), "http-io");
}

TEST(ServerLeader, WaitsWhereNoThreadIsLeft) {
    Handlers handlers;
    const auto server = Server::start(one_loop(1), handlers.service(true));
    TestSocket first(server->port());
    TestSocket second(server->port());
    first.send(get("/wait"));
    handlers.begun.acquire();
    second.send(get("/wait"));
    handlers.begun.acquire();
    TestSocket third(server->port());
    third.send(get("/"));
    handlers.go.release(2);
    EXPECT_EQ(body_of(third.read_answer()), "http-io");
    EXPECT_EQ(body_of(first.read_answer()), "http-io");
    EXPECT_EQ(body_of(second.read_answer()), "http-io");
}

TEST(ServerLeader, DropsTheAnswerOfAClientThatLeft) {
    Handlers handlers;
    const auto server = Server::start(one_loop(), handlers.service(true));
    TestSocket leaving(server->port());
    leaving.send(get("/wait"));
    handlers.begun.acquire();
    leaving.close();
    TestSocket other(server->port());
    EXPECT_EQ(body_of(other.ask(get("/"))), "http-io");
    handlers.go.release();
    EXPECT_EQ(body_of(other.ask(get("/"))), "http-io");
}

// Whether the watch is awake or asleep as a turn begins.
TEST(LoopWatch, NoticesEveryTurnThatLasts) {
    Handlers handlers;
    const auto server = Server::start(one_loop(), handlers.service(true));
    TestSocket lasting(server->port());
    TestSocket other(server->port());
    for (int i = 0; i < 50; ++i) {
        lasting.send(get("/wait"));
        handlers.begun.acquire();
        EXPECT_EQ(body_of(other.ask(get("/"))), "http-io");
        handlers.go.release();
        EXPECT_EQ(body_of(lasting.read_answer()), "http-io");
    }
}

}  // namespace
}  // namespace engram::http
