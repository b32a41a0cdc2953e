// What happens to memories on bad days: old dates, clocks that jump, two who change the same.
#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "base/json.hpp"
#include "base/thread.hpp"
#include "testing/json_texts.hpp"
#include "testing/test_server.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::contents;
using testing::TestServer;
using testing::text_of;
using Texts = std::vector<std::string>;

class MemoryBadDays : public ::testing::Test {
protected:
    std::string remember(const std::string& content) {
        return text_of(server_.expect(201, Method::kPost, all_, R"({"content":")" + content + "\"}", anna_), "id");
    }
    value get(const std::string& target) { return server_.expect(200, Method::kGet, target, "", anna_); }

    const std::string all_ = "/api/v1/memories/";
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511");
};

TEST_F(MemoryBadDays, SixteenWhoWriteAtOnceAreCountedWithoutAGap) {
    constexpr int kThreads = 16, kRounds = 12, kPersons = 4;
    std::vector<std::string> tokens{anna_};
    while (std::ssize(tokens) < kPersons) tokens.push_back(server_.sign_up("+49152" + std::to_string(tokens.size())));
    {
        std::vector<base::Thread> threads;
        for (int thread = 0; thread < kThreads; ++thread)
            threads.emplace_back("test", [&, thread](const std::stop_token&) {
                const std::string& token = tokens[static_cast<std::size_t>(thread % kPersons)];
                for (int round = 0; round < kRounds; ++round)
                    server_.expect(201, Method::kPost, all_, R"({"content":"tea"})", token);
            });
    }
    for (const std::string& token : tokens) {
        const value page = server_.expect(200, Method::kGet, "/api/v1/sync", "", token);
        std::vector<std::int64_t> revisions;
        for (const value& change : page.at("changes").as_array())
            revisions.push_back(change.at("memory").at("revision").as_int64());
        ASSERT_EQ(revisions.size(), std::size_t{kThreads / kPersons} * kRounds);
        for (std::size_t i = 0; i < revisions.size(); ++i) EXPECT_EQ(revisions[i], static_cast<std::int64_t>(i) + 1);
    }
}

TEST_F(MemoryBadDays, AnImportOfOldDatesIsListedFoundAndSyncedInItsPlace) {
    remember("today");
    const value stored = server_.expect(200, Method::kPost, all_ + "batch",
                                        R"([{"content":"tea 2014","created_at":"2014-05-09T10:00:00Z"},
                                            {"content":"tea epoch","created_at":"1970-01-01T00:00:00Z"},
                                            {"content":"tea 1970","created_at":"1970-12-31T23:59:59.999Z"}])",
                                        anna_);
    EXPECT_EQ(contents(get(all_)), (Texts{"today", "tea 2014", "tea 1970", "tea epoch"}));
    Texts one_by_one;
    for (std::string target = all_ + "?limit=1"; !target.empty();) {
        const http::Response page = server_.send(Method::kGet, target, "", anna_);
        for (const std::string& text : contents(base::parse_json(page.body))) one_by_one.push_back(text);
        const auto link = page.headers.find("Link");
        target = link ? link->substr(1, link->find('>') - 1) : std::string();
    }
    EXPECT_EQ(one_by_one, (Texts{"today", "tea 2014", "tea 1970", "tea epoch"}));
    EXPECT_EQ(contents(get(all_ + "?date_from=1970-01-01T00:00:00Z&date_to=1971-01-01T00:00:00Z")),
              (Texts{"tea 1970", "tea epoch"}));
    EXPECT_EQ(contents(server_.expect(200, Method::kPost, all_ + "search", R"({"query":"tea"})", anna_)).size(), 3U);
    const value page = get("/api/v1/sync?since=1");
    ASSERT_EQ(page.at("changes").as_array().size(), 3U) << "a client that was here before is told of each";
    for (const value& change : page.at("changes").as_array()) {
        const std::string id = text_of(change.at("memory"), "id");
        EXPECT_EQ(text_of(get(all_ + id), "created_at"), text_of(change.at("memory"), "created_at"));
    }
}

TEST_F(MemoryBadDays, WhatIsToldAfterTheClockWentBackIsKeptSyncedAndSignedInFor) {
    remember("before");
    const std::string since = std::to_string(get(all_ + "status").at("revision").as_int64());
    server_.clock().advance(-std::chrono::hours(1));
    const std::string id = remember("after");
    EXPECT_EQ(contents(get(all_)), (Texts{"before", "after"})) << "by the time they were told at";
    const value page = get("/api/v1/sync?since=" + since);
    EXPECT_EQ(text_of(page.at("changes").at(0).at("memory"), "id"), id);
    server_.restart();
    EXPECT_EQ(contents(get(all_)), (Texts{"before", "after"}));
}

// Each on its own thread with the same tag in hand: for one of them it is stale, and nothing of either is lost.
TEST_F(MemoryBadDays, OfTwoWhoChangeTheSameAtOnceOneIsTold) {
    const std::string id = remember("0");
    for (int round = 1; round <= 20; ++round) {
        const std::string tag = "\"" + std::to_string(get(all_ + id).at("revision").as_int64()) + "\"";
        std::atomic<int> stored{0}, stale{0};
        {
            std::vector<base::Thread> clients;
            for (const char* client : {"phone", "laptop"})
                clients.emplace_back("test", [&, client](const std::stop_token&) {
                    const std::string content = client + std::to_string(round);
                    const auto answer = server_.send(Method::kPut, all_ + id, R"({"content":")" + content + "\"}",
                                                     anna_, {{"If-Match", tag}});
                    stored += answer.status == 200;
                    stale += answer.status == 412;
                });
        }
        EXPECT_EQ(stored, 1);
        EXPECT_EQ(stale, 1);
    }
    EXPECT_EQ(get(all_ + id + "/versions").as_array().size(), 20U);
    EXPECT_EQ(get(all_ + "status").at("revision"), 21);
}

TEST_F(MemoryBadDays, TwoWhoKeepBothLoseNothing) {
    const std::string id = remember("0");
    {
        std::vector<base::Thread> clients;
        for (const char* client : {"phone", "laptop"})
            clients.emplace_back("test", [&, client](const std::stop_token&) {
                for (int i = 0; i < 10; ++i) {
                    const std::string content = client + std::to_string(i);
                    const auto answer =
                        server_.send(Method::kPut, all_ + id + "?on_conflict=keep_both",
                                     R"({"content":")" + content + "\"}", anna_, {{"If-Match", "\"1\""}});
                    EXPECT_EQ(answer.status, 200) << answer.body;
                }
            });
    }
    std::set<std::string> said{text_of(get(all_ + id), "content")};
    const value versions = get(all_ + id + "/versions");
    for (const value& version : versions.as_array()) said.insert(text_of(version.at("memory"), "content"));
    EXPECT_EQ(said.size(), 21U) << "each text is what it says, or one of its versions";
}

}  // namespace
}  // namespace engram::memory
