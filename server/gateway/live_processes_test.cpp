// Two processes on one PostgreSQL, as far as they can tell, whose clients hear what happens in the other.
#include <gtest/gtest.h>

#include "gateway/live_fixture.hpp"
#include "testing/json_texts.hpp"
#include "testing/postgres_server.hpp"
#include "testing/test_server.hpp"

namespace engram::gateway {
namespace {

using http::Method;
using testing::TestServer;
using testing::text_of;

class LiveProcessesTest : public ::testing::Test {
protected:
    http::Response remember(TestServer& process, const std::string& token) {
        return process.send(Method::kPost, "/api/v1/memories/", R"({"content":"tea"})", token);
    }

    testing::PostgresServer postgres_;
    const std::string database_ = postgres_.create_database();
    TestServer here_{{.database = database_}};
    TestServer there_{{.database = database_, .seed = 2}};
    std::string anna_here_ = here_.sign_up("+491511");
    std::string anna_there_ = text_of(there_.sign_in("+491511"), "access_token");
    SlowClient client_{there_.app().live(), anna_there_};
};

TEST_F(LiveProcessesTest, ClientsHearWhatHappensInTheOther) {
    EXPECT_EQ(client_.socket->sent(1).size(), 1U);
    EXPECT_EQ(remember(here_, anna_here_).status, 201);
    EXPECT_EQ(client_.socket->sent(2).back(), R"({"type":"revision","revision":1})") << "so it listens";
    here_.expect(202, Method::kPost, "/api/v1/imports", "13.10.23, 10:00 - Ida: the end\n", anna_here_);
    here_.app().jobs().run_due();
    const auto sent = client_.socket->sent(5);
    EXPECT_TRUE(std::ranges::any_of(sent, [](const std::string& text) { return has(text, R"("state":"done")"); }));
    here_.expect(204, Method::kPost, "/api/v1/auth/logout?everywhere=true", "", anna_here_);
    EXPECT_EQ(client_.socket->closed(), (std::pair{4401, std::string("signed out")}));
    EXPECT_EQ(there_.send(Method::kGet, "/api/v1/memories/status", "", anna_there_).status, 401);
}

TEST_F(LiveProcessesTest, TheyGoOnWhenPostgresqlComesBack) {
    EXPECT_EQ(client_.socket->sent(1).size(), 1U);
    std::size_t told = 1;
    for (const bool killed : {true, false}) {
        EXPECT_EQ(remember(here_, anna_here_).status, 201);
        EXPECT_EQ(client_.socket->sent(++told).size(), told);
        killed ? postgres_.kill() : postgres_.stop();
        EXPECT_EQ(remember(here_, anna_here_).status, 503);
        postgres_.start();
        for (TestServer* process : {&here_, &there_}) process->clock().advance_steady(std::chrono::seconds(2));
        EXPECT_EQ(remember(here_, anna_here_).status, 201);
        EXPECT_EQ(client_.socket->sent(++told).size(), told);
    }
    EXPECT_EQ(client_.socket->sent(told).back(), R"({"type":"revision","revision":4})");
}

TEST_F(LiveProcessesTest, AHelloWhilePostgresqlIsAwayIsAnsweredWhenItComesBack) {
    EXPECT_EQ(client_.socket->sent(1).size(), 1U);
    postgres_.kill();
    SlowClient late(there_.app().live(), anna_there_);  // the session is known
    SlowClient unknown(there_.app().live());
    unknown.events.on_message(hello(anna_there_ + "x"));
    EXPECT_EQ(unknown.socket->closed().first, 4401) << "signatures need no database";
    postgres_.start();
    there_.clock().advance_steady(std::chrono::seconds(2));
    there_.app().live().look_at_clock();
    EXPECT_EQ(late.socket->sent(1).size(), 1U);
    EXPECT_TRUE(late.socket->is_open());
}

}  // namespace
}  // namespace engram::gateway
