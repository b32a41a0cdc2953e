#include "testing/scenario.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"

namespace engram::testing {
namespace {

void check_problem(const http::Response& response) {
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
    const boost::json::value problem = base::parse_json(response.body);
    EXPECT_EQ(problem.at("status").as_int64(), response.status);
    EXPECT_EQ(problem.at("request_id").as_string(), *response.headers.find("X-Request-Id"));
    EXPECT_FALSE(problem.at("detail").as_string().empty());
}

}  // namespace

void run_scenarios(TestServer& server, const std::vector<Scenario>& scenarios) {
    for (const Scenario& scenario : scenarios) {
        SCOPED_TRACE(scenario.name);
        const http::Response response = server.send(scenario.method, scenario.target, scenario.body, scenario.token);
        EXPECT_EQ(response.status, scenario.status) << response.body;
        EXPECT_TRUE(response.headers.find("X-Request-Id"));
        if (response.status >= 400) check_problem(response);
        for (const std::string& text : scenario.contains)
            EXPECT_NE(response.body.find(text), std::string::npos) << text << " in " << response.body;
        for (const std::string& text : scenario.contains_not)
            EXPECT_EQ(response.body.find(text), std::string::npos) << text << " in " << response.body;
    }
}

}  // namespace engram::testing
