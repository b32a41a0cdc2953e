#include "modules/memory/markdown_files.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;

class MarkdownFilesTest : public ::testing::Test {
protected:
    std::string remember(const std::string& body) {
        return text_of(server_.expect(201, Method::kPost, all_, body, anna_), "id");
    }
    // What a second later is on the disk.
    void wait() {
        server_.clock().advance(std::chrono::seconds(1));
        server_.app().jobs().run_due();
    }
    std::string file(const std::string& path) {
        return server_.send(Method::kGet, all_ + "markdown/" + path, "", anna_).body;
    }
    std::vector<std::string> paths() {
        std::vector<std::string> found;
        const value files = server_.expect(200, Method::kGet, all_ + "markdown/", "", anna_);
        for (const value& one : files.as_array()) found.push_back(text_of(one, "path"));
        return found;
    }

    const std::string all_ = "/api/v1/memories/";
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
};

TEST_F(MarkdownFilesTest, FollowWhatHappensToAMemory) {
    const std::string id =
        remember(R"({"content":"tea","created_at":"2023-11-05T10:00:00Z","classification":"general"})");
    EXPECT_TRUE(paths().empty()) << "changes are gathered for a second";
    wait();
    EXPECT_EQ(paths(), (std::vector<std::string>{"general/2023-11.md"}));
    EXPECT_NE(file("general/2023-11.md").find("### 10:00\n\ntea\n"), std::string::npos);
    server_.expect(200, Method::kPut, all_ + id, R"({"classification":"chronological","content":"cake"})", anna_);
    wait();
    EXPECT_EQ(paths(), (std::vector<std::string>{"chronological/2023-11.md"}));
    EXPECT_NE(file("chronological/2023-11.md").find("cake"), std::string::npos);
    server_.expect(204, Method::kDelete, all_ + id, "", anna_);
    wait();
    EXPECT_TRUE(paths().empty());
    server_.expect(200, Method::kPost, all_ + id + "/restore", "{}", anna_);
    wait();
    EXPECT_EQ(paths().size(), 1U);
    server_.expect(204, Method::kDelete, all_ + id + "?purge=true", "", anna_);
    wait();
    EXPECT_TRUE(paths().empty());
}

TEST_F(MarkdownFilesTest, AreGroupedByTheOffsetOfTheMemory) {
    remember(R"({"content":"a","created_at":"2023-10-31T23:30:00Z","classification":"general"})");
    remember(
        R"({"content":"b","created_at":"2023-10-31T23:30:00Z","classification":"general","utc_offset_minutes":60})");
    wait();
    EXPECT_EQ(paths(), (std::vector<std::string>{"general/2023-10.md", "general/2023-11.md"}));
    EXPECT_NE(file("general/2023-11.md").find("## 2023-11-01\n\n### 00:30\n\nb\n"), std::string::npos);
    server_.expect(422, Method::kPost, all_, R"({"content":"c","utc_offset_minutes":900})", anna_);
}

TEST_F(MarkdownFilesTest, WhoIsSomebodyElseSeesNothingOfThem) {
    remember(R"({"content":"tea","created_at":"2023-11-05T10:00:00Z","classification":"general"})");
    wait();
    const std::string files = all_ + "markdown/";
    run_scenarios(server_,
                  {{"unauthorised", Method::kGet, files, "", "", 401, {}},
                   {"unauthorised for one", Method::kGet, files + "general/2023-11.md", "", "", 401, {}},
                   {"unauthorised to rebuild", Method::kPost, "/api/v1/admin/markdown/rebuild", "", "", 401, {}},
                   {"one's own", Method::kGet, files + "general/2023-11.md", "", anna_, 200, {"tea"}},
                   {"somebody else's", Method::kGet, files + "general/2023-11.md", "", bob_, 404, {}},
                   {"somebody else's list", Method::kGet, files, "", bob_, 200, {"[]"}},
                   {"no class", Method::kGet, files + "private/2023-11.md", "", anna_, 422, {"classification"}},
                   {"no month", Method::kGet, files + "general/2023-12.md", "", anna_, 404, {}},
                   {"a way out", Method::kGet, files + "general/..%2F..%2Fkeys", "", anna_, 422, {"path"}},
                   {"a hidden file", Method::kGet, files + "general/.x", "", anna_, 422, {"path"}},
                   {"a member rebuilds", Method::kPost, "/api/v1/admin/markdown/rebuild", "", bob_, 403, {}},
                   {"the admin rebuilds",
                    Method::kPost,
                    "/api/v1/admin/markdown/rebuild",
                    "",
                    anna_,
                    200,
                    {R"("persons":2,"files":1)"}}});
}

TEST_F(MarkdownFilesTest, ManyChangesAreOneJobAndAnUnchangedFileIsNotTouched) {
    for (int i = 0; i < 50; ++i)
        remember(R"({"content":"tea","created_at":"2023-11-05T10:00:00Z","classification":"general"})");
    server_.clock().advance(std::chrono::seconds(1));
    EXPECT_EQ(server_.app().queue().claim("memory.markdown", 10, server_.clock().now(), server_.clock().now()).size(),
              1U);
    server_.app().jobs().run_due();
    const std::string path = server_.config().data + "/markdown/+491511/general/2023-11.md";
    ASSERT_TRUE(std::filesystem::exists(path));
    const auto written = std::filesystem::last_write_time(path);
    remember(R"({"content":"old","created_at":"2014-01-05T10:00:00Z","classification":"general"})");
    wait();
    server_.app().markdown().catch_up(
        base::parse_uuid(text_of(server_.expect(200, Method::kGet, "/api/v1/users/me", "", anna_), "id")).value(), {});
    EXPECT_EQ(std::filesystem::last_write_time(path), written);
    EXPECT_EQ(paths().size(), 2U);
}

TEST_F(MarkdownFilesTest, WhatSomebodyWroteIntoAFileIsGoneWithTheNextChange) {
    const std::string id =
        remember(R"({"content":"tea","created_at":"2023-11-05T10:00:00Z","classification":"general"})");
    remember(R"({"content":"cake","created_at":"2023-11-05T11:00:00Z","classification":"general"})");
    wait();
    const std::string path = server_.config().data + "/markdown/+491511/general/2023-11.md";
    std::ofstream(path, std::ios::app) << "a note of one's own";
    server_.expect(200, Method::kPut, all_ + id, R"({"content":"milk"})", anna_);
    wait();
    const std::string healed = file("general/2023-11.md");
    EXPECT_EQ(healed.find("one's own"), std::string::npos);
    std::filesystem::remove(path);
    server_.expect(200, Method::kPut, all_ + id, R"({"content":"tea and milk"})", anna_);
    wait();
    EXPECT_EQ(file("general/2023-11.md"), std::string(healed).replace(healed.find("milk"), 4, "tea and milk"));
}

TEST_F(MarkdownFilesTest, AJobThatWasLostWithItsProcessIsDoneByTheNext) {
    remember(R"({"content":"tea","created_at":"2023-11-05T10:00:00Z","classification":"general"})");
    server_.clock().advance(std::chrono::seconds(1));
    const auto lost = server_.app().queue().claim("memory.markdown", 1, server_.clock().now(),
                                                  server_.clock().now() + std::chrono::hours(1));
    ASSERT_EQ(lost.size(), 1U);
    server_.restart();
    if (!server_.config().is_embedded()) server_.clock().advance(std::chrono::hours(1));  // another may hold it
    anna_ = text_of(server_.sign_in("+491511"), "access_token");
    wait();
    EXPECT_EQ(paths().size(), 1U);
}

TEST_F(MarkdownFilesTest, WhatTellsAnotherHistoryIsWrittenAnewAtTheNextStart) {
    remember(R"({"content":"tea","created_at":"2023-11-05T10:00:00Z","classification":"general"})");
    wait();
    const std::filesystem::path folder = server_.config().data + "/markdown/+491511";
    for (const char* state : {"", R"({"epoch":1,"revision":1})", R"({"epoch":"x"})", "{"}) {
        std::ofstream(folder / "state.json") << state;
        std::ofstream(folder / "general" / "1999-01.md") << "of a database that is no more";
        server_.restart();
        anna_ = text_of(server_.sign_in("+491511"), "access_token");
        wait();
        EXPECT_EQ(paths(), (std::vector<std::string>{"general/2023-11.md"})) << state;
    }
    std::filesystem::remove_all(folder);
    server_.restart();
    anna_ = text_of(server_.sign_in("+491511"), "access_token");
    wait();
    EXPECT_NE(file("general/2023-11.md").find("tea"), std::string::npos);
}

}  // namespace
}  // namespace engram::memory
