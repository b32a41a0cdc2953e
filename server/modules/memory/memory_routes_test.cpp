#include <gtest/gtest.h>

#include "base/json.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::memory {
namespace {

using http::Method;
using testing::contents;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;

class MemoryRoutesTest : public ::testing::Test {
protected:
    boost::json::value remember(const std::string& content, const std::string& more = {}) {
        return server_.expect(201, Method::kPost, "/api/v1/memories/", R"({"content":")" + content + "\"" + more + "}",
                              anna_);
    }

    TestServer server_;
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
};

using Texts = std::vector<std::string>;

TEST_F(MemoryRoutesTest, CreateRefusesWhatCannotBeKept) {
    const std::string long_text(10'001, 'x'), target = "/api/v1/memories/";
    const Method post = Method::kPost;
    run_scenarios(
        server_,
        {
            {"unauthorised", post, target, R"({"content":"x"})", "", 401, {}},
            {"no content", post, target, "{}", anna_, 422, {R"("field":"content","code":"required")"}},
            {"empty content", post, target, R"({"content":""})", anna_, 422, {"too_short"}},
            {"long content", post, target, R"({"content":")" + long_text + R"("})", anna_, 422, {"too_long", "10,001"}},
            {"every bad field at once",
             post,
             target,
             R"({"content":7,"classification":"hidden","tags":["a",5],"created_at":"yesterday","extra":1})",
             anna_,
             422,
             {R"("field":"content")", R"("field":"classification")", R"("field":"tags[1]")", R"("field":"created_at")",
              R"("field":"extra")"}},
            {"before 1970",
             post,
             target,
             R"({"content":"x","created_at":"1969-12-31T23:59:59Z"})",
             anna_,
             422,
             {R"("field":"created_at")"}},
            {"after tomorrow", post, target, R"({"content":"x","created_at":"2099-01-01T00:00:00Z"})", anna_, 422, {}},
            {"a date that does not exist",
             post,
             target,
             R"({"content":"x","created_at":"2023-02-29T00:00:00Z"})",
             anna_,
             422,
             {}},
            {"confidential",
             post,
             target,
             R"({"content":"x","classification":"confidential"})",
             anna_,
             403,
             {R"("type":"security-level-required")"}},
            {"ultrasecret", post, target, R"({"content":"x","classification":"ultrasecret"})", anna_, 403, {}},
            {"somebody else's user_id",
             post,
             target,
             R"({"content":"x","user_id":"01890000-0000-7000-8000-000000000000"})",
             anna_,
             422,
             {"user_id"}},
            {"a reply to nothing",
             post,
             target,
             R"({"content":"x","reply_to":"01890000-0000-7000-8000-000000000000"})",
             anna_,
             422,
             {"reply_to"}},
            {"no such file",
             post,
             target,
             R"({"content":"x","attachments":["01890000-0000-7000-8000-000000000000"]})",
             anna_,
             422,
             {"attachments[0]"}},
        });
}

TEST_F(MemoryRoutesTest, CreateRefusesHostileBodies) {
    const std::string target = "/api/v1/memories/";
    const Method post = Method::kPost;
    run_scenarios(
        server_,
        {
            {"metadata too deep",
             post,
             target,
             R"({"content":"x","metadata":{"a":{"b":{"c":{"d":{"e":{}}}}}}})",
             anna_,
             422,
             {"too_deep"}},
            {"NUL", post, target, R"({"content":"a\u0000b"})", anna_, 400, {}},
            {"a lone surrogate", post, target, R"({"content":"\ud800"})", anna_, 400, {}},
            {"a field without a name", post, target, R"({"content":"x","":1})", anna_, 422, {}},
            {"an empty tag", post, target, R"({"content":"x","tags":[""]})", anna_, 422, {R"("field":"tags[0]")"}},
            {"a key twice", post, target, R"({"content":"a","content":"b"})", anna_, 400, {}},
            {"not UTF-8", post, target, "{\"content\":\"\xff\"}", anna_, 400, {}},
            {"nothing was stored", Method::kGet, "/api/v1/memories/status", "", anna_, 200, {R"("memories":0)"}},
        });
}

TEST_F(MemoryRoutesTest, CreateGivesBackWhatWasSaid) {
    const auto memory = remember("Zoë likes Käse 🧀",
                                 R"(,"title":"Cheese","tags":["food","family"],"context":"dinner","source":"web",
        "metadata":{"place":{"name":"Bern"}},"pinned":true,"classification":"chronological",
        "created_at":"2014-03-01T12:00:00+02:00","occurred_at":"2014-02-28T19:30:00Z",
        "thread_id":"01890000-0000-7000-8000-000000000001")");
    EXPECT_EQ(text_of(memory, "content"), "Zoë likes Käse 🧀");
    EXPECT_EQ(text_of(memory, "created_at"), "2014-03-01T10:00:00.000Z");
    EXPECT_EQ(text_of(memory, "classified_by"), "person");
    EXPECT_EQ(memory.at("confidence_score").to_number<double>(), 1.0);
    const auto again = server_.expect(200, Method::kGet, "/api/v1/memories/" + text_of(memory, "id"), "", anna_);
    EXPECT_EQ(again, memory);
}

TEST_F(MemoryRoutesTest, ASecondSendIsTheSameMemory) {
    const std::string id = "01890000-0000-7000-8000-000000000007";
    const std::string body = R"({"id":")" + id + R"(","content":"once"})";
    const auto first = server_.expect(201, Method::kPost, "/api/v1/memories/", body, anna_);
    server_.clock().advance(std::chrono::hours(1));
    const std::string later = text_of(server_.sign_in("+491511"), "access_token");
    EXPECT_EQ(server_.expect(200, Method::kPost, "/api/v1/memories/", body, later), first);
    server_.expect(409, Method::kPost, "/api/v1/memories/", R"({"id":")" + id + R"(","content":"twice"})", later);
    EXPECT_EQ(server_.expect(200, Method::kGet, "/api/v1/memories/status", "", later).at("memories"), 1);
}

TEST_F(MemoryRoutesTest, AnAnswerMayBeSentBackAsItCame) {
    const std::string id = "01890000-0000-7000-8000-000000000008";
    const auto first =
        server_.expect(201, Method::kPost, "/api/v1/memories/",
                       R"({"id":")" + id + R"(","content":"x","created_at":"2020-01-01T00:00:00.123456Z"})", anna_);
    const std::string body =
        R"({"id":")" + id + R"(","content":"x","created_at":")" + text_of(first, "created_at") + R"("})";
    EXPECT_EQ(server_.expect(200, Method::kPost, "/api/v1/memories/", body, anna_), first);
}

TEST_F(MemoryRoutesTest, WhatIsToldInOneMillisecondKeepsItsOrder) {
    Texts told;
    for (int i = 0; i < 20; ++i) told.insert(told.begin(), text_of(remember("n" + std::to_string(i)), "content"));
    EXPECT_EQ(contents(server_.expect(200, Method::kGet, "/api/v1/memories/", "", anna_)), told);
}

TEST_F(MemoryRoutesTest, WhatAStemFoundIsMarkedInTheTextsOwnLanguage) {
    remember("Die Katzen schlafen auf dem Sofa und träumen von den Häusern am Meer");
    const auto found = server_.send(Method::kPost, "/api/v1/memories/search", R"({"query":"Katze"})", anna_);
    EXPECT_NE(found.body.find(R"({"text":"Katzen","hit":true})"), std::string::npos) << found.body;
}

TEST_F(MemoryRoutesTest, TheSameIdIsFreeForAnotherPerson) {
    const std::string body = R"({"id":"01890000-0000-7000-8000-000000000007","content":"mine"})";
    server_.expect(201, Method::kPost, "/api/v1/memories/", body, anna_);
    server_.expect(201, Method::kPost, "/api/v1/memories/", body, bob_);
}

TEST_F(MemoryRoutesTest, ReadingIsForTheOwnerOnly) {
    const std::string id = text_of(remember("mine"), "id"), target = "/api/v1/memories/" + id;
    run_scenarios(server_, {
                               {"unauthorised", Method::kGet, target, "", "", 401, {}},
                               {"somebody else", Method::kGet, target, "", bob_, 404, {}, {"mine"}},
                               {"no id", Method::kGet, "/api/v1/memories/7", "", anna_, 422, {R"("field":"id")"}},
                               {"the owner", Method::kGet, target, "", anna_, 200, {"mine"}},
                               {"a slash more", Method::kGet, target + "/", "", anna_, 200, {"mine"}},
                               {"not a way", Method::kPost, target, "", anna_, 405, {"GET"}},
                           });
    EXPECT_EQ(server_.send(Method::kGet, target, "", anna_).headers.find("ETag"), "\"1\"");
}

TEST_F(MemoryRoutesTest, ABatchStoresWhatIsGood) {
    const std::string body = R"([{"content":"one"},{"content":""},{"content":"two","classification":"secret"},7,
        {"content":"three","user_id":"01890000-0000-7000-8000-000000000000"},{"content":"four"}])";
    server_.expect(401, Method::kPost, "/api/v1/memories/batch", body);
    const auto answer = server_.expect(200, Method::kPost, "/api/v1/memories/batch", body, anna_);
    std::vector<std::int64_t> statuses;
    for (const auto& item : answer.as_array()) statuses.push_back(item.at("status").as_int64());
    EXPECT_EQ(statuses, (std::vector<std::int64_t>{201, 422, 403, 422, 422, 201}));
    EXPECT_EQ(text_of(answer.at(0).at("memory"), "content"), "one");
    EXPECT_EQ(text_of(answer.at(2).at("error"), "type"), "security-level-required");
    EXPECT_EQ(text_of(answer.at(1).at("error").at("errors").at(0), "field"), "content");
    EXPECT_EQ(text_of(answer.at(1).at("error"), "code"), "invalid");
    const auto list = server_.expect(200, Method::kGet, "/api/v1/memories/", "", anna_);
    EXPECT_EQ(list.as_array().size(), 2u);
}

TEST_F(MemoryRoutesTest, ABatchHasItsBounds) {
    std::string many = "[";
    for (int i = 0; i < 501; ++i) many += i == 0 ? R"({"content":"x"})" : R"(,{"content":"x"})";
    server_.expect(422, Method::kPost, "/api/v1/memories/batch", many + "]", anna_);
    server_.expect(422, Method::kPost, "/api/v1/memories/batch", R"({"content":"x"})", anna_);
    EXPECT_EQ(server_.expect(200, Method::kPost, "/api/v1/memories/batch", "[]", anna_).as_array().size(), 0u);
}

TEST_F(MemoryRoutesTest, ABatchSentTwiceIsStoredOnce) {
    std::string batch = "[";
    for (int i = 100; i < 250; ++i)
        batch += (i == 100 ? "" : ",") + (R"({"id":"01890000-0000-7000-8000-000000000)" + std::to_string(i)) +
                 R"(","content":"n)" + std::to_string(i) + "\"}";
    batch += "]";
    server_.expect(200, Method::kPost, "/api/v1/memories/batch", batch, anna_);
    const auto again = server_.expect(200, Method::kPost, "/api/v1/memories/batch", batch, anna_);
    for (const auto& item : again.as_array()) EXPECT_EQ(item.at("status"), 200);
    const auto status = server_.expect(200, Method::kGet, "/api/v1/memories/status", "", anna_);
    EXPECT_EQ(status.at("memories"), 150);
    EXPECT_EQ(status.at("revision"), 150);
}

TEST_F(MemoryRoutesTest, WhatWasSaidIsFoundAtOnceAndByItsOwnerOnly) {
    remember("The boiler room smells of oil", R"(,"tags":["house"])");
    const std::string target = "/api/v1/memories/search", query = R"({"query":"oily boilers"})";
    run_scenarios(
        server_,
        {
            {"unauthorised", Method::kPost, target, query, "", 401, {}},
            {"somebody else", Method::kPost, target, query, bob_, 200, {}, {"boiler"}},
            {"the owner",
             Method::kPost,
             target,
             query,
             anna_,
             200,
             {"relevance_score", R"({"text":"boiler","hit":true})"}},
            {"no query", Method::kPost, target, "{}", anna_, 422, {"query"}},
            {"empty query", Method::kPost, target, R"({"query":""})", anna_, 422, {"too_short"}},
            {"another tag", Method::kPost, target, R"({"query":"boiler","tags":["work"]})", anna_, 200, {}, {"boiler"}},
            {"its tag", Method::kPost, target, R"({"query":"boiler","tags":["house"]})", anna_, 200, {"boiler room"}},
            {"an unknown mode", Method::kPost, target, R"({"query":"x","mode":"magic"})", anna_, 422, {"mode"}},
            {"what could not be used is said",
             Method::kPost,
             target + "?envelope=true",
             R"({"query":"boiler","mode":"semantic"})",
             anna_,
             200,
             {R"("degraded":["semantic"])", R"("interpreted":{"mode":"keyword")"}},
            {"by keyword nothing is missing",
             Method::kPost,
             target + "?envelope=true",
             R"({"query":"boiler","mode":"keyword"})",
             anna_,
             200,
             {R"("degraded":[])"}},
        });
    remember("Another boiler, in the cellar");
    const auto results = server_.expect(200, Method::kPost, target, R"({"query":"boiler"})", anna_);
    EXPECT_EQ(results.as_array().size(), 2u);
}

TEST_F(MemoryRoutesTest, WhatWasSaidIsFoundAfterARestart) {
    remember("The boiler room smells of oil", R"(,"metadata":{"author":"Ruth"})");
    server_.restart();
    const auto results =
        server_.expect(200, Method::kPost, "/api/v1/memories/search", R"({"query":"ruth boiler"})", anna_);
    EXPECT_EQ(results.as_array().size(), 1u);
}

TEST_F(MemoryRoutesTest, SyncTellsEachChangeOnceInOrder) {
    for (int i = 0; i < 3; ++i) remember("n" + std::to_string(i));
    server_.expect(401, Method::kGet, "/api/v1/sync");
    const auto page = server_.expect(200, Method::kGet, "/api/v1/sync?since=1", "", anna_);
    ASSERT_EQ(page.at("changes").as_array().size(), 2u);
    EXPECT_EQ(text_of(page.at("changes").at(0).at("memory"), "content"), "n1");
    EXPECT_EQ(page.at("revision"), 3);
    EXPECT_EQ(page.at("latest"), 3);
    EXPECT_EQ(page.at("more"), false);
    const std::string epoch = std::to_string(page.at("epoch").as_int64());
    server_.expect(200, Method::kGet, "/api/v1/sync?since=3&epoch=" + epoch, "", anna_);
    const auto reset = server_.expect(409, Method::kGet, "/api/v1/sync?since=3&epoch=1", "", anna_);
    EXPECT_EQ(text_of(reset, "type"), "sync-reset");
    server_.expect(409, Method::kGet, "/api/v1/sync?since=4", "", anna_);
    server_.expect(422, Method::kGet, "/api/v1/sync?since=-1", "", anna_);
}

TEST_F(MemoryRoutesTest, SyncPagesAreOf500AndSomebodyElseSeesNone) {
    std::string batch = "[";
    for (int i = 0; i < 500; ++i) batch += i == 0 ? R"({"content":"x"})" : R"(,{"content":"x"})";
    server_.expect(200, Method::kPost, "/api/v1/memories/batch", batch + "]", anna_);
    remember("one more");
    const auto page = server_.expect(200, Method::kGet, "/api/v1/sync", "", anna_);
    EXPECT_EQ(page.at("changes").as_array().size(), 500u);
    EXPECT_EQ(page.at("revision"), 500);
    EXPECT_EQ(page.at("more"), true);
    const auto rest = server_.expect(200, Method::kGet, "/api/v1/sync?since=500", "", anna_);
    EXPECT_EQ(rest.at("changes").as_array().size(), 1u);
    EXPECT_EQ(server_.expect(200, Method::kGet, "/api/v1/sync", "", bob_).at("changes").as_array().size(), 0u);
}

TEST_F(MemoryRoutesTest, TheEpochIsToldBeforeTheFirstMemoryAndStays) {
    const auto before = server_.expect(200, Method::kGet, "/api/v1/memories/status", "", anna_);
    remember("first");
    const auto after = server_.expect(200, Method::kGet, "/api/v1/memories/status", "", anna_);
    EXPECT_EQ(before.at("epoch"), after.at("epoch"));
    EXPECT_EQ(after.at("revision"), 1);
    server_.expect(401, Method::kGet, "/api/v1/memories/status");
}

}  // namespace
}  // namespace engram::memory
