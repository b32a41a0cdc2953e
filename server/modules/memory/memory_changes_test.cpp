#include <gtest/gtest.h>

#include "base/json.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::contents;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;
using Texts = std::vector<std::string>;

class MemoryChangesTest : public ::testing::Test {
protected:
    std::string remember(const std::string& content, const std::string& more = {}) {
        return text_of(server_.expect(201, Method::kPost, all_, R"({"content":")" + content + "\"" + more + "}", anna_),
                       "id");
    }
    value change(const std::string& id, const std::string& body) {
        return server_.expect(200, Method::kPut, all_ + id, body, anna_);
    }
    http::Response change_if(const std::string& id, const std::string& body, const std::string& tag,
                             const std::string& more = {}) {
        return server_.send(Method::kPut, all_ + id + more, body, anna_, {{"If-Match", tag}});
    }
    value get(const std::string& target) { return server_.expect(200, Method::kGet, target, "", anna_); }
    value restore(const std::string& id, const std::string& body = "{}") {
        return server_.expect(200, Method::kPost, all_ + id + "/restore", body, anna_);
    }
    void remove(const std::string& id) { server_.expect(204, Method::kDelete, all_ + id, "", anna_); }
    Texts found(const std::string& word) {
        return contents(server_.expect(200, Method::kPost, all_ + "search", R"({"query":")" + word + "\"}", anna_));
    }

    const std::string all_ = "/api/v1/memories/";
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
};

TEST_F(MemoryChangesTest, AreForTheOwnerOnlyAndNameWhatIsWrong) {
    const std::string one = all_ + remember("The key hangs behind the barrel"),
                      nothing = all_ + "01890000-0000-7000-8000-000000000000";
    const Method put = Method::kPut, del = Method::kDelete, post = Method::kPost, read = Method::kGet;
    run_scenarios(
        server_,
        {
            {"put: unauthorised", put, one, R"({"title":"x"})", "", 401, {}},
            {"delete: unauthorised", del, one, "", "", 401, {}},
            {"restore: unauthorised", post, one + "/restore", "{}", "", 401, {}},
            {"versions: unauthorised", read, one + "/versions", "", "", 401, {}},
            {"put: somebody else", put, one, R"({"title":"x"})", bob_, 404, {}, {"barrel"}},
            {"delete: somebody else", del, one, "", bob_, 404, {}},
            {"purge: somebody else", del, one + "?purge=true", "", bob_, 404, {}},
            {"restore: somebody else", post, one + "/restore", "{}", bob_, 404, {}},
            {"versions: somebody else", read, one + "/versions", "", bob_, 404, {}},
            {"put: nothing there", put, nothing, R"({"title":"x"})", anna_, 404, {}},
            {"put: empty", put, one, R"({"content":""})", anna_, 422, {"too_short"}},
            {"put: null where a value must be", put, one, R"({"content":null})", anna_, 422, {"content"}},
            {"put: all of them at once",
             put,
             one,
             R"({"pinned":null,"classification":null,"source":null})",
             anna_,
             422,
             {R"("field":"pinned")", R"("field":"classification")", R"("field":"source")"}},
            {"put: not to be changed", put, one, R"({"created_at":"2020-01-01T00:00:00Z"})", anna_, 422, {"unknown"}},
            {"put: a class that must be sealed", put, one, R"({"classification":"secret"})", anna_, 403, {}},
            {"put: a reply to nothing",
             put,
             one,
             R"({"reply_to":"01890000-0000-7000-8000-000000000000"})",
             anna_,
             422,
             {R"("field":"reply_to")"}},
            {"put: an unknown way out", put, one + "?on_conflict=mine", "{}", anna_, 422, {"on_conflict"}},
            {"restore: no such version", post, one + "/restore", R"({"version":7})", anna_, 422, {"version"}},
            {"all is as it was", read, one, "", anna_, 200, {"barrel", R"("revision":1)"}},
            {"put: the owner", put, one, R"({"title":"Key"})", anna_, 200, {R"("title":"Key")", R"("revision":2)"}},
        });
}

TEST_F(MemoryChangesTest, AbsentStaysNullEmptiesAndNothingNewIsNoChange) {
    const std::string id = remember("a", R"(,"title":"t","context":"c","tags":["x"],"metadata":{"k":1})");
    const value changed = change(id, R"({"title":null,"tags":["y","z"],"pinned":true})");
    EXPECT_TRUE(changed.at("title").is_null());
    EXPECT_EQ(text_of(changed, "context"), "c");
    EXPECT_EQ(changed.at("tags").as_array().size(), 2u);
    EXPECT_EQ(changed.at("pinned"), true);
    EXPECT_EQ(changed.at("revision"), 2);
    EXPECT_EQ(change(id, R"({"tags":["y","z"],"content":"a"})").at("revision"), 2);
    EXPECT_EQ(change(id, R"({"tags":null,"metadata":null})").at("metadata"), boost::json::object());
    EXPECT_EQ(get(all_ + id), change(id, "{}"));
}

TEST_F(MemoryChangesTest, WhatItSaidBeforeIsKeptAndComesBack) {
    const std::string id = remember("plums");
    change(id, R"({"content":"pears"})");
    change(id, R"({"pinned":true})");
    change(id, R"({"content":"apples"})");
    value versions = get(all_ + id + "/versions");
    ASSERT_EQ(versions.as_array().size(), 2u) << "a pin is no version";
    EXPECT_EQ(text_of(versions.at(0).at("memory"), "content"), "pears");
    EXPECT_EQ(text_of(versions.at(1).at("memory"), "content"), "plums");
    EXPECT_EQ(versions.at(1).at("version"), 1);
    EXPECT_EQ(found("apples"), Texts{"apples"});
    EXPECT_EQ(found("plums"), Texts{});
    const value back = restore(id, R"({"version":1})");
    EXPECT_EQ(text_of(back, "content"), "plums");
    EXPECT_EQ(back.at("pinned"), true);
    EXPECT_EQ(found("plums"), Texts{"plums"});
    versions = get(all_ + id + "/versions");
    ASSERT_EQ(versions.as_array().size(), 3u);
    EXPECT_EQ(text_of(versions.at(0).at("memory"), "content"), "apples");
    EXPECT_EQ(restore(id).at("revision"), back.at("revision")) << "there is nothing to bring back";
}

TEST_F(MemoryChangesTest, AHundredVersionsAreKept) {
    const std::string id = remember("0");
    for (int i = 1; i <= 105; ++i) change(id, R"({"content":")" + std::to_string(i) + "\"}");
    const value versions = get(all_ + id + "/versions");
    ASSERT_EQ(versions.as_array().size(), 100u);
    EXPECT_EQ(text_of(versions.at(0).at("memory"), "content"), "104");
    EXPECT_EQ(text_of(versions.at(99).at("memory"), "content"), "5");
}

TEST_F(MemoryChangesTest, AStaleChangeStoresNothingUnlessBothAreKept) {
    const std::string id = remember("start");
    EXPECT_EQ(change_if(id, R"({"content":"phone"})", "\"1\"").headers.find("ETag"), "\"2\"");
    const http::Response stale = change_if(id, R"({"content":"laptop"})", "\"1\"");
    EXPECT_EQ(stale.status, 412);
    const value problem = base::parse_json(stale.body);
    EXPECT_EQ(text_of(problem, "code"), "stale");
    EXPECT_EQ(text_of(problem.at("current"), "content"), "phone");
    EXPECT_EQ(text_of(get(all_ + id), "content"), "phone");
    EXPECT_EQ(change_if(id, R"({"content":"laptop"})", "\"1\"", "?on_conflict=keep_both").status, 200);
    EXPECT_EQ(text_of(get(all_ + id), "content"), "laptop");
    EXPECT_EQ(text_of(get(all_ + id + "/versions").at(0).at("memory"), "content"), "phone");
    EXPECT_EQ(change_if(id, R"({"title":"x"})", "*").status, 200);
    EXPECT_EQ(change_if(id, R"({"title":"y"})", "\"9\", \"4\"").status, 200);
    EXPECT_EQ(change_if(id, R"({"title":"z"})", "W/\"5\"").status, 412) << "a weak tag never matches";
    EXPECT_EQ(change_if(id, R"({"title":"z"})", "5").status, 422);
}

TEST_F(MemoryChangesTest, TheTrashHidesAndGivesBack) {
    const std::string id = remember("plums");
    remember("pears");
    remove(id);
    remove(id);
    server_.expect(404, Method::kGet, all_ + id, "", anna_);
    EXPECT_EQ(contents(get(all_)), Texts{"pears"});
    EXPECT_EQ(found("plums"), Texts{});
    EXPECT_EQ(get(all_ + "status").at("memories"), 1);
    EXPECT_EQ(text_of(server_.expect(409, Method::kPut, all_ + id, R"({"title":"x"})", anna_), "code"), "in-trash");
    const http::Response trash = server_.send(Method::kGet, all_ + "?trash=true", "", anna_);
    EXPECT_EQ(trash.headers.find("X-Total-Count"), "1");
    EXPECT_EQ(contents(base::parse_json(trash.body)), Texts{"plums"});
    EXPECT_TRUE(base::parse_json(trash.body).at(0).at("trashed_at").is_string());
    EXPECT_EQ(contents(get(all_ + "?trash=true&source=telegram")), Texts{});
    EXPECT_FALSE(restore(id).as_object().contains("trashed_at"));
    EXPECT_EQ(contents(get(all_)), (Texts{"pears", "plums"}));
    EXPECT_EQ(contents(get(all_ + "?trash=true")), Texts{});
    EXPECT_EQ(found("plums"), Texts{"plums"});
    EXPECT_EQ(get(all_ + id + "/versions").as_array().size(), 0u);
}

TEST_F(MemoryChangesTest, SyncTellsOfEachChange) {
    const std::string id = remember("plums"), other = remember("pears");
    change(id, R"({"content":"apples"})");
    remove(other);
    const value page = get("/api/v1/sync?since=2");
    ASSERT_EQ(page.at("changes").as_array().size(), 2u);
    EXPECT_EQ(text_of(page.at("changes").at(0).at("memory"), "content"), "apples");
    EXPECT_EQ(text_of(page.at("changes").at(1), "id"), other);
    EXPECT_EQ(page.at("changes").at(1).at("deleted"), true);
    EXPECT_EQ(page.at("revision"), 4);
}

TEST_F(MemoryChangesTest, WhatIsPurgedIsGoneAndItsTombstoneStays) {
    const std::string id = "01890000-0000-7000-8000-00000000000a";
    const std::string body = R"({"content":"my secret plums","id":")" + id + "\"}";
    server_.expect(201, Method::kPost, all_, body, anna_);
    change(id, R"({"content":"pears"})");
    remove(id);
    EXPECT_EQ(server_.send(Method::kPost, all_, body, anna_).status, 200) << "a repeated create is the first one";
    server_.expect(204, Method::kDelete, all_ + id + "?purge=true", "", anna_);
    server_.expect(404, Method::kDelete, all_ + id + "?purge=true", "", anna_);
    server_.expect(404, Method::kPost, all_ + id + "/restore", "{}", anna_);
    server_.expect(404, Method::kGet, all_ + id + "/versions", "", anna_);
    server_.expect(409, Method::kPost, all_, body, anna_);
    server_.restart();
    const value page = get("/api/v1/sync");
    ASSERT_EQ(page.at("changes").as_array().size(), 1u);
    EXPECT_EQ(page.at("changes").at(0).at("deleted"), true);
    EXPECT_EQ(page.at("revision"), 4);
    EXPECT_EQ(contents(get(all_ + "?trash=true")), Texts{});
    EXPECT_EQ(get(all_ + "status").at("memories"), 0);
}

TEST_F(MemoryChangesTest, TheDailyJobEndsThirtyDaysInTheTrash) {
    const std::string old = remember("old"), kept = remember("kept");
    std::vector<std::string> many;
    for (int i = 0; i < 40; ++i) many.push_back(remember("many"));
    for (const std::string& id : many) remove(id);
    remove(old);
    server_.app().jobs().run_due();
    server_.clock().advance(std::chrono::days(30));
    anna_ = text_of(server_.sign_in("+491511"), "access_token");
    remove(kept);
    server_.app().jobs().run_due();
    EXPECT_EQ(contents(get(all_ + "?trash=true&limit=100")).size(), 42U);
    const std::string since = std::to_string(get(all_ + "status").at("revision").as_int64());
    server_.clock().advance(std::chrono::days(1));
    anna_ = text_of(server_.sign_in("+491511"), "access_token");
    server_.app().jobs().run_due();
    EXPECT_EQ(contents(get(all_ + "?trash=true")), (Texts{"kept"}));
    EXPECT_EQ(get("/api/v1/sync?since=" + since).at("changes").as_array().size(), 41U) << "clients are told";
}

TEST_F(MemoryChangesTest, AReplyJoinsTheThreadOfWhatItAnswers) {
    const std::string first = remember("Who takes the dog?"),
                      second = remember("I do", R"(,"reply_to":")" + first + "\"");
    const std::string third = remember("Thanks", R"(,"reply_to":")" + second + "\"");
    EXPECT_EQ(text_of(get(all_ + second), "thread_id"), first);
    EXPECT_EQ(text_of(get(all_ + third), "thread_id"), first);
    server_.expect(422, Method::kPut, all_ + third, R"({"reply_to":")" + third + "\"}", anna_);
    EXPECT_TRUE(change(third, R"({"reply_to":null,"thread_id":null})").at("thread_id").is_null());
}

TEST_F(MemoryChangesTest, ManyAreChangedAndTakenBackAtOnce) {
    const std::string one = remember("one", R"(,"tags":["a"])"), two = remember("two", R"(,"tags":["b"])");
    remember("three");
    const std::string ids = R"("ids":[")" + one + R"(",")" + two + R"(","01890000-0000-7000-8000-000000000000"])";
    const auto bulk = [&](const std::string& body) {
        return server_.expect(200, Method::kPost, all_ + "bulk", body, anna_);
    };
    const auto undo = [&](const value& result) {
        return server_.expect(200, Method::kPost, all_ + "undo/" + text_of(result, "undo_id"), "", anna_).at("changed");
    };
    const value set = bulk("{" + ids + R"(,"set":{"add_tags":["b"],"remove_tags":["a"],"pinned":true}})");
    EXPECT_EQ(set.at("changed"), 2);
    EXPECT_EQ(set.at("skipped"), 0);
    EXPECT_EQ(get(all_ + one).at("tags"), base::parse_json(R"(["b"])"));
    std::string twenty;
    for (int i = 0; i < 20; ++i) twenty += (i == 0 ? "\"" : ",\"") + std::to_string(i) + '"';
    const value full = bulk("{" + ids + R"(,"set":{"add_tags":[)" + twenty + "]}}");
    EXPECT_EQ(full.at("changed"), 0);
    EXPECT_EQ(full.at("skipped"), 2) << "21 tags would be too many: they stay as they are";
    EXPECT_EQ(get(all_ + one).at("tags"), base::parse_json(R"(["b"])"));
    EXPECT_EQ(contents(get(all_ + "?pinned=true")), (Texts{"two", "one"}));
    change(two, R"({"title":"changed since"})");
    EXPECT_EQ(undo(set), 1);
    EXPECT_EQ(undo(set), 0) << "it is done once";
    EXPECT_EQ(get(all_ + one).at("tags"), base::parse_json(R"(["a"])"));
    EXPECT_EQ(contents(get(all_ + "?pinned=true")), Texts{"two"});
    const value gone = bulk(R"({"query":{"pinned":false},"delete":true})");
    EXPECT_EQ(gone.at("changed"), 2);
    EXPECT_EQ(contents(get(all_)), Texts{"two"});
    EXPECT_EQ(bulk("{" + ids + R"(,"set":{"source":"phone"}})").at("changed"), 1) << "the trash is left alone";
    server_.restart();
    EXPECT_EQ(undo(gone), 2);
    EXPECT_EQ(contents(get(all_)), (Texts{"three", "two", "one"}));
    EXPECT_EQ(found("one"), Texts{"one"});
    EXPECT_EQ(get(all_ + "status").at("memories"), 3);
    server_.clock().advance(std::chrono::hours(25));
    anna_ = text_of(server_.sign_in("+491511"), "access_token");
    bulk(R"({"ids":[],"delete":true})");
    server_.expect(404, Method::kPost, all_ + "undo/" + text_of(gone, "undo_id"), "", anna_);
}

TEST_F(MemoryChangesTest, ManyOfSomebodyElseStayAsTheyAre) {
    const std::string id = remember("mine"), bulk = all_ + "bulk", by_id = R"({"ids":[")" + id + R"("])";
    const value gone = server_.expect(200, Method::kPost, bulk, by_id + R"(,"delete":true})", anna_);
    const std::string undo = all_ + "undo/" + text_of(gone, "undo_id");
    const Method post = Method::kPost;
    run_scenarios(server_,
                  {
                      {"undo: unauthorised", post, undo, "", "", 401, {}},
                      {"undo: somebody else", post, undo, "", bob_, 404, {}},
                      {"undo: the owner", post, undo, "", anna_, 200, {R"("changed":1)"}},
                      {"unauthorised", post, bulk, by_id + R"(,"delete":true})", "", 401, {}},
                      {"somebody else", post, bulk, by_id + R"(,"delete":true})", bob_, 200, {R"(:0,)"}},
                      {"no which", post, bulk, R"({"delete":true})", anna_, 422, {R"("field":"ids")"}},
                      {"no what", post, bulk, by_id + "}", anna_, 422, {R"("field":"set")"}},
                      {"both", post, bulk, by_id + R"(,"delete":true,"set":{}})", anna_, 422, {"set"}},
                      {"a bad field within",
                       post,
                       bulk,
                       by_id + R"(,"set":{"tags":[""]}})",
                       anna_,
                       422,
                       {R"("field":"set.tags[0]")"}},
                      {"a class to seal", post, bulk, by_id + R"(,"set":{"classification":"secret"}})", anna_, 403, {}},
                      {"all is there", Method::kGet, all_ + id, "", anna_, 200, {"mine"}},
                  });
}

TEST_F(MemoryChangesTest, AClockSetBackMakesNoChangeOlder) {
    const std::string id = remember("a");
    server_.clock().advance(std::chrono::minutes(10));
    const std::string later = text_of(change(id, R"({"content":"b"})"), "updated_at");
    server_.clock().advance(std::chrono::minutes(-9));
    const value changed = change(id, R"({"content":"c"})");
    EXPECT_EQ(text_of(changed, "updated_at"), later);
    EXPECT_EQ(changed.at("revision"), 3);
}

}  // namespace
}  // namespace engram::memory
