#include <gtest/gtest.h>

#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::gateway {
namespace {

using http::Method;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;

class JobRoutesTest : public ::testing::Test {
protected:
    // A job that failed for good; its id.
    std::string dead_job() {
        ports::Queue& queue = server_.app().queue();
        auto job = queue.claim("memory.trash", 1, server_.clock().now(), server_.clock().now()).at(0);
        const ports::Settled dead{.job = &job, .as = ports::Settled::As::kDead, .reason = "no room"};
        queue.settle({&dead, 1}, server_.clock().now());
        return to_string(queue.dead(1).at(0).id);
    }

    TestServer server_{{.metrics_token = "scrape-me"}};
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
    const std::string jobs_ = "/api/v1/admin/jobs";
};

TEST_F(JobRoutesTest, AreForAdmins) {
    const std::string dead = jobs_ + "/dead/" + dead_job(), kind = jobs_ + "/kinds/memory.trash";
    const std::string none = jobs_ + "/dead/01890000-0000-7000-8000-000000000000";
    for (const auto& [method, target, body] : {std::tuple(Method::kGet, jobs_, ""),
                                               {Method::kPost, dead + "/retry", ""},
                                               {Method::kDelete, dead, ""},
                                               {Method::kPut, kind, R"({"paused":true})"}})
        run_scenarios(server_, {{"unauthorised", method, target, body, "", 401, {}},
                                {"a member", method, target, body, bob_, 403, {}}});
    run_scenarios(server_, {
                               {"no such job", Method::kPost, none + "/retry", "", anna_, 404, {"failed for good"}},
                               {"no such job to drop", Method::kDelete, none, "", anna_, 404, {}},
                               {"no id", Method::kDelete, jobs_ + "/dead/x", "", anna_, 422, {R"("field":"id")"}},
                               {"no such kind", Method::kPut, jobs_ + "/kinds/x", R"({"paused":true})", anna_, 404, {}},
                               {"no pause", Method::kPut, kind, "{}", anna_, 422, {R"("field":"paused")"}},
                               {"the list",
                                Method::kGet,
                                jobs_,
                                "",
                                anna_,
                                200,
                                {R"("kind":"memory.months","waiting":1)", R"("reason":"no room")"}},
                           });
}

TEST_F(JobRoutesTest, ADeadOneIsDoneAgainOrForgotten) {
    server_.expect(204, Method::kPost, jobs_ + "/dead/" + dead_job() + "/retry", "", anna_);
    const std::string id = dead_job();
    server_.expect(204, Method::kDelete, jobs_ + "/dead/" + id, "", anna_);
    server_.expect(404, Method::kDelete, jobs_ + "/dead/" + id, "", anna_);
    EXPECT_TRUE(server_.expect(200, Method::kGet, jobs_, "", anna_).at("dead").as_array().empty());
}

TEST_F(JobRoutesTest, APausedKindRests) {
    server_.expect(204, Method::kPut, jobs_ + "/kinds/memory.trash", R"({"paused":true})", anna_);
    EXPECT_EQ(server_.app().jobs().run_due(), 2U) << "the other daily jobs";
    server_.expect(204, Method::kPut, jobs_ + "/kinds/memory.trash", R"({"paused":false})", anna_);
    EXPECT_EQ(server_.app().jobs().run_due(), 1U);
}

TEST_F(JobRoutesTest, TheirNumbersAreMetrics) {
    server_.app().jobs().run_due();
    run_scenarios(server_, {{"the scraper",
                             Method::kGet,
                             "/metrics",
                             "",
                             "scrape-me",
                             200,
                             {R"(engram_jobs{kind="memory.trash",state="waiting"} 1)",
                              R"(engram_jobs_finished_total{kind="memory.trash",outcome="done"} 1)"}}});
}

}  // namespace
}  // namespace engram::gateway
