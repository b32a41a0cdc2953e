// PostgreSQL dies and comes back under the requests of many clients.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <vector>

#include "base/json.hpp"
#include "base/thread.hpp"
#include "testing/json_texts.hpp"
#include "testing/postgres_server.hpp"
#include "testing/test_server.hpp"

namespace engram::app {
namespace {

using http::Method;
using testing::text_of;

const std::string kAll = "/api/v1/memories/";

class PostgresRestart : public ::testing::Test {
protected:
    // Tells things, one after the other, and waits as long as it is told to where one is refused.
    void tell(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto answer = engram_.send(Method::kPost, kAll, R"({"content":"tea"})", anna_);
            if (answer.status != 201 && answer.status != 503) return give_up(answer.body);
            if (answer.status == 503) {
                EXPECT_EQ(answer.headers.find("Retry-After"), "1");
                EXPECT_EQ(text_of(base::parse_json(answer.body), "code"), "unavailable");
                engram_.clock().advance_steady(std::chrono::seconds(1));
                ++refused_, refused_.notify_all();
                continue;
            }
            const std::lock_guard lock(mutex_);
            promised_.push_back(text_of(base::parse_json(answer.body), "id"));
            ++told_, told_.notify_all();
        }
    }

    // Nobody waits any longer.
    void give_up(const std::string& why) {
        ADD_FAILURE() << why;
        told_ += 1'000'000, told_.notify_all();
        refused_ += 1'000'000, refused_.notify_all();
    }

    static void wait_for_more(std::atomic<int>& number, int more) {
        const int enough = number + more;
        for (int now = number; now < enough; now = number) number.wait(now);
    }

    testing::PostgresServer postgres_;
    testing::TestServer engram_{{.database = postgres_.create_database()}};
    std::string anna_ = engram_.sign_up("+491511");
    std::mutex mutex_;
    std::vector<std::string> promised_;
    std::atomic<int> told_{0}, refused_{0};
};

TEST_F(PostgresRestart, ClientsAreToldWhenToComeBackAndNothingAcknowledgedIsLost) {
    {
        std::vector<base::Thread> clients;
        for (int i = 0; i < 8; ++i) clients.emplace_back("test", [this](const std::stop_token& stop) { tell(stop); });
        for (const bool killed : {true, false}) {
            wait_for_more(told_, 100);
            killed ? postgres_.kill() : postgres_.stop();
            wait_for_more(refused_, 16);
            postgres_.start();
        }
        wait_for_more(told_, 100);
    }
    for (const std::string& id : promised_) engram_.expect(200, Method::kGet, kAll + id, "", anna_);
    const auto status = engram_.expect(200, Method::kGet, kAll + "status", "", anna_);
    EXPECT_GE(status.at("memories").as_int64(), static_cast<std::int64_t>(promised_.size()));
    EXPECT_EQ(status.at("memories"), status.at("revision")) << "a revision for each, and none without one";
}

TEST_F(PostgresRestart, ReadinessTellsOfItAndEndsWithItsReturn) {
    engram_.expect(200, Method::kGet, "/health?ready");
    postgres_.kill();
    EXPECT_EQ(engram_.send(Method::kGet, "/health?ready").status, 503);
    EXPECT_EQ(engram_.send(Method::kGet, "/health").status, 200);
    EXPECT_EQ(engram_.send(Method::kGet, kAll, "", anna_).status, 503);
    postgres_.start();
    engram_.clock().advance_steady(std::chrono::seconds(1));
    engram_.expect(200, Method::kGet, kAll, "", anna_);
    engram_.expect(200, Method::kGet, "/health?ready");
}

}  // namespace
}  // namespace engram::app
