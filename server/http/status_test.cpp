#include "http/status.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"

namespace engram::http {
namespace {

TEST(Status, WritesProblemsOfTheServerItself) {
    const Response response = edge_problem(413, "Too \"large\".", "edge-7");
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.headers.find("X-Request-Id"), "edge-7");
    EXPECT_EQ(response.body,
              R"({"type":"about:blank","title":"The request is too large","status":413,"detail":"Too \"large\".",)"
              R"("code":"too-large","params":{},"request_id":"edge-7"})");
}

TEST(Status, GivesBothKindsOfProblemsTheSameMembers) {
    for (const base::Code code : {base::Code::kMalformed, base::Code::kTimeout, base::Code::kTooLarge,
                                  base::Code::kInternal, base::Code::kUnavailable}) {
        EXPECT_EQ(edge_problem(status_of(code), "Why.", "id").body, problem(base::Error(code, "Why."), "id").body);
    }
}

TEST(Status, NamesWhatOnlyTheProtocolKnows) {
    for (const int status : {417, 426, 431, 501, 505, 511}) {
        const boost::json::value read = base::parse_json(edge_problem(status, "Why.", "id").body);
        EXPECT_EQ(read.at("status").as_int64(), status);
        EXPECT_FALSE(read.at("code").as_string().empty());
        EXPECT_TRUE(status == 511 || !read.at("title").as_string().empty());
    }
}

}  // namespace
}  // namespace engram::http
