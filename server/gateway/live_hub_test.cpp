#include "gateway/live_hub.hpp"

#include <gtest/gtest.h>

#include <list>

#include "gateway/live_fixture.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::gateway {
namespace {

using http::Method;
using testing::TestServer;
using testing::text_of;
using Closed = std::pair<int, std::string>;
using Refused = std::pair<std::string, int>;
using Texts = std::vector<std::string>;

constexpr const char* kSignedOut = "signed out";

class LiveHubTest : public ::testing::Test {
protected:
    std::uint16_t port() const { return http_->port(); }
    LiveHub& hub() { return engram_.app().live(); }
    void remember(const std::string& token) {
        engram_.expect(201, Method::kPost, "/api/v1/memories/", R"({"content":"a secret of tea"})", token);
    }
    std::string sign_in(const std::string& phone_number = "+491511") {
        return text_of(engram_.sign_in(phone_number), "access_token");
    }
    // What it says before it closes, and the code.
    Refused refused(LiveClient& client) {
        const auto message = client.read();
        const auto* code = message.if_contains("code");
        return {code == nullptr ? "" : std::string(code->as_string()), client.read_frame().code()};
    }

    TestServer engram_{{.metrics_token = "scraper"}};
    std::string anna_ = engram_.sign_up("+491511"), bob_ = engram_.sign_up("+491512");
    std::unique_ptr<http::Server> http_ = http::Server::start(http::test_options(), engram_.app().gateway().service());
};

TEST_F(LiveHubTest, IsForWebSocketsOnly) {
    testing::run_scenarios(engram_, {{"a stranger", Method::kGet, "/api/v1/ws", "", "", 426, {}},
                                     {"somebody", Method::kGet, "/api/v1/ws", "", anna_, 426, {}}});
}

TEST_F(LiveHubTest, AStrangerHearsNothing) {
    for (const std::string& token : {std::string("x"), anna_ + "x", "Bearer " + anna_}) {
        LiveClient client(port(), token);
        EXPECT_EQ(refused(client), Refused("unauthorised", 4401));
    }
}

TEST_F(LiveHubTest, WhatIsNotUnderstoodCloses) {
    for (const char* text : {"", "{", "[]", "1", "{}", R"({"type":"hello"})", R"({"type":"hello","token":1})",
                             R"({"type":"hello","token":"x","revision":-1})", R"({"type":"ping"})",
                             R"({"type":"hello","token":"x","revision":"1"})", R"({"type":1})"}) {
        LiveClient client(port());
        client.send(text);
        EXPECT_EQ(refused(client), Refused("malformed", 4400)) << text;
    }
    for (const std::string& text : {hello(anna_), std::string(R"({"type":"pong"})")}) {
        LiveClient client(port(), anna_);
        EXPECT_EQ(client.revision(), 0);
        client.send(text);
        EXPECT_EQ(refused(client), Refused("malformed", 4400)) << text;
    }
}

TEST_F(LiveHubTest, AHelloMustComeWithinTenSeconds) {
    SlowClient early(hub());
    engram_.clock().advance_steady(std::chrono::seconds(5));
    SlowClient late(hub()), in_time(hub(), anna_);
    engram_.clock().advance_steady(std::chrono::seconds(5));
    hub().look_at_clock();
    EXPECT_EQ(early.socket->closed(), Closed(4408, "late"));
    EXPECT_EQ(early.socket->sent(1),
              Texts{R"({"type":"error","code":"unauthorised","detail":"Say hello within 10 seconds."})"});
    early.events.on_message(hello(anna_));
    EXPECT_TRUE(late.socket->is_open());
    engram_.clock().advance_steady(std::chrono::seconds(5));
    hub().look_at_clock();
    EXPECT_EQ(late.socket->closed().first, 4408);
    EXPECT_TRUE(in_time.socket->is_open());
    EXPECT_EQ(early.socket->sent(1).size(), 1U) << "a late hello is not answered";
}

TEST_F(LiveHubTest, TellsOnesOwnRevisionAndNothingOfOthers) {
    LiveClient anna(port(), anna_), bob(port(), bob_);
    const auto first = anna.read();
    EXPECT_EQ(first.at("revision").as_int64(), 0);
    EXPECT_EQ(first.at("epoch"), engram_.expect(200, Method::kGet, "/api/v1/memories/status", "", anna_).at("epoch"));
    EXPECT_EQ(bob.revision(), 0);
    remember(anna_);
    EXPECT_EQ(anna.read_text(), R"({"type":"revision","revision":1})");
    remember(anna_);
    EXPECT_EQ(anna.revision(), 2);
    remember(bob_);
    EXPECT_EQ(bob.read_text(), R"({"type":"revision","revision":1})") << "and nothing before it";
}

TEST_F(LiveHubTest, WhoComesBackIsToldHowFarItIs) {
    remember(anna_);
    {
        LiveClient before(port(), anna_);
        EXPECT_EQ(before.revision(), 1);
    }
    remember(anna_);
    LiveClient after(port(), anna_, R"(,"revision":1)");
    EXPECT_EQ(after.revision(), 2);
}

TEST_F(LiveHubTest, APingIsAnswered) {
    LiveClient client(port(), anna_);
    EXPECT_EQ(client.revision(), 0);
    for (int i = 0; i < 3; ++i) {
        client.send(R"({"type":"ping"})");
        EXPECT_EQ(client.read_text(), R"({"type":"pong"})");
    }
}

TEST_F(LiveHubTest, SigningOutClosesTheSocketsOfTheSession) {
    const std::string second = sign_in(), third = sign_in();
    SlowClient one(hub(), anna_), two(hub(), second), three(hub(), third), bob(hub(), bob_);
    LiveClient real(port(), anna_);
    EXPECT_EQ(real.revision(), 0);
    engram_.expect(204, Method::kPost, "/api/v1/auth/logout", "", anna_);
    EXPECT_EQ(one.socket->closed(), Closed(4401, kSignedOut));
    EXPECT_EQ(real.read_frame().code(), 4401);
    EXPECT_TRUE(two.socket->is_open());
    engram_.expect(204, Method::kPost, "/api/v1/auth/logout?everywhere=true", "", second);
    EXPECT_EQ(two.socket->closed(), Closed(4401, kSignedOut));
    EXPECT_EQ(three.socket->closed(), Closed(4401, kSignedOut));
    EXPECT_TRUE(bob.socket->is_open());
    SlowClient again(hub(), anna_);
    EXPECT_EQ(again.socket->closed(), Closed(4401, "unauthorised"));
}

TEST_F(LiveHubTest, ASessionThatExpiresClosesItsSocketsAndARefreshedOneStays) {
    const auto pair = engram_.sign_in("+491511");
    SlowClient lapsed(hub(), anna_), refreshed(hub(), text_of(pair, "access_token"));
    engram_.clock().advance(std::chrono::days(20));
    engram_.expect(200, Method::kPost, "/api/v1/auth/refresh",
                   R"({"refresh_token":")" + text_of(pair, "refresh_token") + R"("})");
    engram_.clock().advance(std::chrono::days(20));
    hub().look_at_clock();
    EXPECT_EQ(lapsed.socket->closed(), Closed(4401, kSignedOut));
    EXPECT_TRUE(refreshed.socket->is_open());
    engram_.clock().advance(std::chrono::days(20));
    hub().look_at_clock();
    EXPECT_EQ(refreshed.socket->closed(), Closed(4401, kSignedOut));
}

TEST_F(LiveHubTest, AChangedSessionStays) {
    SlowClient client(hub(), anna_);
    EXPECT_EQ(client.socket->sent(1).size(), 1U);
    engram_.expect(200, Method::kPut, "/api/v1/users/me", R"({"security_level":1})", anna_);
    remember(anna_);
    EXPECT_EQ(client.socket->sent(2).size(), 2U);
    EXPECT_TRUE(client.socket->is_open());
}

TEST_F(LiveHubTest, NobodyStaysWhoseSessionEndsBesideTheHello) {
    for (int round = 0; round < 50; ++round) {
        const std::string token = sign_in();
        SlowClient client(hub());
        {
            const base::Thread thread("test", [&](const std::stop_token&) { client.events.on_message(hello(token)); });
            engram_.expect(204, Method::kPost, "/api/v1/auth/logout", "", token);
        }
        EXPECT_EQ(client.socket->closed().first, 4401);
    }
}

TEST_F(LiveHubTest, ASlowClientGetsTheNewestLater) {
    SlowClient slow(hub(), anna_), quick(hub(), anna_);
    EXPECT_EQ(slow.socket->sent(1).size(), 1U);
    EXPECT_EQ(quick.socket->sent(1).size(), 1U);
    slow.socket->fall_behind();
    const base::Uuid owner = engram_.app().users().find_by_phone_number("+491511")->id;
    for (std::size_t i = 1; i <= 5; ++i) {
        remember(anna_);
        for (const char* id : {"x", "y"})
            hub().tell({owner, id, std::string(R"({"id":")") + id + R"(","done":)" + std::to_string(i) + "}"});
        EXPECT_EQ(quick.socket->sent(1 + 3 * i).size(), 1 + 3 * i);  // whoever came first was told first
    }
    EXPECT_EQ(slow.socket->sent(1).size(), 1U);
    slow.catch_up();
    const Texts sent = slow.socket->sent(4);
    EXPECT_EQ(Texts(sent.begin() + 1, sent.end()),
              (Texts{R"({"type":"revision","revision":5})", R"({"id":"x","done":5})", R"({"id":"y","done":5})"}));
    slow.catch_up();
    EXPECT_EQ(slow.socket->sent(4).size(), 4U) << "nothing twice";
}

TEST_F(LiveHubTest, WhatWaitsForASlowClientIsBound) {
    SlowClient slow(hub(), anna_);
    EXPECT_EQ(slow.socket->sent(1).size(), 1U);
    slow.socket->fall_behind();
    const base::Uuid owner = engram_.app().users().find_by_phone_number("+491511")->id;
    for (std::size_t i = 0; i < 10 * LiveSocket::kIdsMax; ++i) hub().tell({owner, std::to_string(i), "{}"});
    slow.catch_up();
    EXPECT_EQ(slow.socket->sent(1).size(), 1 + LiveSocket::kIdsMax);
}

TEST_F(LiveHubTest, OfTooManyTheOldestIsClosed) {
    std::list<SlowClient> clients;
    for (std::size_t i = 0; i < LiveHub::kSocketsOfPersonMax; ++i) clients.emplace_back(hub(), anna_);
    EXPECT_TRUE(clients.front().socket->is_open());
    SlowClient one_more(hub(), anna_), bob(hub(), bob_);
    EXPECT_EQ(clients.front().socket->closed(), Closed(4429, "too many"));
    for (const SlowClient* client : {&one_more, &*std::next(clients.begin())})
        EXPECT_EQ(client->socket->sent(1).size(), 1U);
    remember(anna_);
    EXPECT_EQ(one_more.socket->sent(2).size(), 2U);
    EXPECT_EQ(std::next(clients.begin())->socket->sent(2).size(), 2U);
    EXPECT_TRUE(bob.socket->is_open());
}

TEST_F(LiveHubTest, AnImportIsToldUntilItIsDone) {
    LiveClient anna(port(), anna_), bob(port(), bob_);
    EXPECT_EQ(anna.revision(), 0);
    EXPECT_EQ(bob.revision(), 0);
    const auto import =
        engram_.expect(202, Method::kPost, "/api/v1/imports",
                       "13.10.23, 10:00 - Ida: a secret of tea\n28.10.23, 10:01 - Bo: the end\n", anna_);
    engram_.app().jobs().run_due();
    const std::string id = text_of(import, "id");
    EXPECT_EQ(anna.read_text(),
              R"({"type":"job","kind":"import","id":")" + id + R"(","state":"running","done":0,"count":2,"stored":0})");
    std::string last;
    while (!has(last, R"("done",)") && last != "no text") {
        last = anna.read_text();
        EXPECT_FALSE(has(last, "tea"));
    }
    EXPECT_EQ(last,
              R"({"type":"job","kind":"import","id":")" + id + R"(","state":"done","done":2,"count":2,"stored":2})");
    remember(bob_);
    EXPECT_EQ(bob.revision(), 1) << "and nothing before it";
}

TEST_F(LiveHubTest, OpenSocketsAndMessagesAreCounted) {
    SlowClient one(hub(), anna_), two(hub());
    EXPECT_EQ(one.socket->sent(1).size(), 1U);
    one.catch_up();  // waits for whoever sends, and counts when that is done
    const auto metrics = engram_.send(Method::kGet, "/metrics", "", "scraper").body;
    EXPECT_TRUE(has(metrics, "engram_live_sockets 2\n")) << metrics;
    EXPECT_TRUE(has(metrics, "engram_live_messages_total 1\n"));
}

}  // namespace
}  // namespace engram::gateway
