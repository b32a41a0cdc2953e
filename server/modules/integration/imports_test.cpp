#include <gtest/gtest.h>

#include <sstream>

#include "modules/integration/import_run.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::integration {
namespace {

using boost::json::value;
using http::Method;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;

// A chat of that many messages, one a minute but for two equal ones in the first.
std::string chat_of(int messages) {
    std::string chat;
    for (int i = 0; i < messages; ++i) {
        const int minute = std::max(i - 1, 0), day = 1 + minute / 1440;
        const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
        chat += two(day) + ".10.23, " + two(minute / 60 % 24) + ":" + two(minute % 60) + " - " +
                (i % 3 == 0 ? "Ida" : "Bo") + ": " + (i < 2 ? std::string("yes") : "message " + std::to_string(i)) +
                "\n";
        if (i == 0) chat += "01.10.23, 00:00 - Ida: yes\n";
    }
    return chat + "28.10.23, 10:00 - Ida: the end\n";
}

class ImportsTest : public ::testing::Test {
protected:
    value upload(const std::string& body, const std::string& query = "", int status = 202) {
        return server_.expect(status, Method::kPost, imports_ + query, body, anna_);
    }
    value get(const value& import) {
        return server_.expect(200, Method::kGet, imports_ + "/" + text_of(import, "id"), "", anna_);
    }
    // Uploads, and does the job.
    value import(const std::string& body, const std::string& query = "") {
        const value begun = upload(body, query);
        server_.app().jobs().run_due();
        return get(begun);
    }
    value undo(const value& import) {
        server_.expect(202, Method::kDelete, imports_ + "/" + text_of(import, "id"), "", anna_);
        server_.app().jobs().run_due();
        return get(import);
    }
    std::int64_t memories() {
        return server_.expect(200, Method::kGet, "/api/v1/memories/status", "", anna_).at("memories").as_int64();
    }
    value list(const std::string& query = "") {
        return server_.expect(200, Method::kGet, "/api/v1/memories/" + query, "", anna_);
    }
    // The process dies while it does this one.
    void begin_and_die() {
        ports::Queue& queue = server_.app().queue();
        const base::Time at = server_.clock().now();
        ASSERT_EQ(queue.claim("integration.import", 1, at, at + std::chrono::minutes(2)).size(), 1U);
        queue.release_all();
    }
    static std::int64_t number(const value& import, const char* name) { return import.at(name).as_int64(); }

    const std::string imports_ = "/api/v1/imports";
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
};

TEST_F(ImportsTest, AreOnesOwn) {
    const std::string id = text_of(upload(chat_of(3), "?dry_run=true", 200), "id"), one = imports_ + "/" + id;
    for (const auto& [method, target, body] : {std::tuple(Method::kGet, one, ""),
                                               {Method::kPut, one, "{}"},
                                               {Method::kPost, one + "/start", ""},
                                               {Method::kDelete, one, ""}})
        run_scenarios(server_, {{"unauthorised", method, target, body, "", 401, {}},
                                {"somebody else's", method, target, body, bob_, 404, {}}});
    run_scenarios(
        server_,
        {
            {"unauthorised upload", Method::kPost, imports_, chat_of(3), "", 401, {}},
            {"unauthorised list", Method::kGet, imports_, "", "", 401, {}},
            {"nothing of others", Method::kGet, imports_, "", bob_, 200, {"[]"}},
            {"the list", Method::kGet, imports_, "", anna_, 200, {id, R"("state":"waiting")"}},
            {"no id", Method::kGet, imports_ + "/x", "", anna_, 422, {R"("field":"id")"}},
            {"no zone",
             Method::kPost,
             imports_ + "?time_zone=Mars",
             chat_of(3),
             anna_,
             422,
             {R"("field":"time_zone")"}},
            {"no order",
             Method::kPost,
             imports_ + "?date_order=Y",
             chat_of(3),
             anna_,
             422,
             {R"("field":"date_order")"}},
            {"no format", Method::kPost, imports_ + "?format=x", chat_of(3), anna_, 422, {R"("field":"format")"}},
            {"no export", Method::kPost, imports_, "Dear diary", anna_, 415, {"a WhatsApp chat"}},
            {"an empty file", Method::kPost, imports_, "", anna_, 415, {"empty"}},
            {"no such zone later", Method::kPut, one, R"({"time_zone":"Mars"})", anna_, 422, {"time_zone"}},
        });
    EXPECT_EQ(server_.expect(200, Method::kGet, imports_, "", anna_).as_array().size(), 1U)
        << "what cannot be read is not kept";
}

TEST_F(ImportsTest, APreviewShowsWhatWouldBeStored) {
    const value preview =
        upload(chat_of(3), "?dry_run=true&name=WhatsApp%20Chat%20with%20Bo.txt&time_zone=Europe/Berlin", 200);
    EXPECT_EQ(text_of(preview, "state"), "waiting");
    EXPECT_EQ(text_of(preview, "format"), "whatsapp");
    EXPECT_EQ(text_of(preview, "time_zone"), "Europe/Berlin");
    EXPECT_EQ(text_of(preview, "date_order"), "D/M/Y");
    EXPECT_EQ(number(preview, "count"), 5);
    EXPECT_EQ(preview.at("people").as_array().size(), 2U);
    EXPECT_EQ(text_of(preview.at("first").at(0), "created_at"), "2023-09-30T22:00:00.000Z");
    server_.app().jobs().run_due();
    EXPECT_EQ(memories(), 0);
    server_.expect(202, Method::kPost, imports_ + "/" + text_of(preview, "id") + "/start", "", anna_);
    server_.expect(409, Method::kPost, imports_ + "/" + text_of(preview, "id") + "/start", "", anna_);
    server_.app().jobs().run_due();
    const value done = get(preview);
    EXPECT_EQ(text_of(done, "state"), "done");
    EXPECT_EQ(number(done, "stored"), 5);
    EXPECT_EQ(memories(), 5);
}

TEST_F(ImportsTest, MemoriesKnowWhereTheyCameFrom) {
    const value done = import(chat_of(3), "?name=WhatsApp%20Chat%20with%20Bo.txt&time_zone=%2B02:00");
    const value all = list();
    for (const value& memory : all.as_array()) {
        EXPECT_EQ(text_of(memory, "import_id"), text_of(done, "id"));
        EXPECT_EQ(text_of(memory, "thread_id"), text_of(all.at(0), "thread_id"));
        EXPECT_EQ(text_of(memory, "source"), "whatsapp");
        EXPECT_EQ(text_of(memory, "context"), "WhatsApp: Bo");
        EXPECT_EQ(memory.at("utc_offset_minutes").as_int64(), 120);
    }
    EXPECT_EQ(text_of(all.at(0).at("metadata"), "author"), "Ida");
    EXPECT_EQ(list("?author=Bo").as_array().size(), 2U);
}

TEST_F(ImportsTest, ALaterExportAddsOnlyWhatIsNew) {
    EXPECT_EQ(number(import(chat_of(700)), "stored"), 702);
    const value later = import(chat_of(1200), "?time_zone=Europe/Berlin");
    EXPECT_EQ(number(later, "stored"), 500);
    EXPECT_EQ(number(later, "already_there"), 702);
    EXPECT_EQ(memories(), 1202);
    EXPECT_EQ(list("?date_to=2023-10-01T00:00:01Z").as_array().size(), 3U) << "equal ones of a minute are all there";
}

TEST_F(ImportsTest, UndoLeavesTheEarlierCount) {
    import(chat_of(300));
    const value later = import(chat_of(800));
    const std::string edited = text_of(list().at(1), "id"), all = "/api/v1/memories/";
    server_.expect(200, Method::kPut, all + edited, R"({"title":"mine now"})", anna_);
    EXPECT_EQ(memories(), 802);
    EXPECT_EQ(text_of(undo(later), "state"), "undone");
    EXPECT_EQ(memories(), 302);
    const value trash = list("?trash=true");
    ASSERT_EQ(trash.as_array().size(), 1U) << "what was changed since is not lost";
    EXPECT_EQ(text_of(trash.at(0), "id"), edited);
    server_.expect(200, Method::kDelete, imports_ + "/" + text_of(later, "id"), "", anna_);
    const value again = import(chat_of(800));
    EXPECT_EQ(number(again, "stored"), 499) << "all that was taken back but what lies in the trash";
    EXPECT_EQ(memories(), 801);
}

TEST_F(ImportsTest, WhatAPersonHasDeletedStaysAway) {
    import(chat_of(10));
    const std::string gone = "/api/v1/memories/" + text_of(list().at(0), "id");
    server_.expect(204, Method::kDelete, gone, "", anna_);
    server_.expect(204, Method::kDelete, gone + "?purge=true", "", anna_);
    EXPECT_EQ(number(import(chat_of(20)), "stored"), 10);
}

TEST_F(ImportsTest, TheSameFileTwiceAtOnceIsStoredOnce) {
    const value one = upload(chat_of(600)), other = upload(chat_of(600));
    server_.app().jobs().run_due();
    EXPECT_EQ(memories(), 602);
    EXPECT_EQ(number(get(one), "stored") + number(get(other), "stored"), 602);
    EXPECT_EQ(text_of(undo(one), "state"), "undone");
    undo(other);
    EXPECT_EQ(memories(), 0);
}

TEST_F(ImportsTest, AnInterruptedOneGoesOnWhereItWas) {
    const std::string chat = chat_of(2000);
    const value begun = upload(chat);
    const auto files = import_files("chat", [&] { return std::make_unique<std::istringstream>(chat); });
    for (int batches = 1; batches <= 3; ++batches) {
        int left = batches;
        const auto die = [&left](const Import&) {
            if (--left < 0) throw base::Error(base::Code::kUnavailable, "died");
        };
        const base::Uuid owner = server_.app().users().find_by_phone_number("+491511")->id;
        ImportRow row;
        server_.app().database().read(owner, [&](ports::Transaction& tx) {
            row = store::find(tx, owner, base::parse_uuid(text_of(begun, "id")).value()).value();
        });
        ImportRun run(server_.app().database(), server_.app().memories(), owner, row, die);
        EXPECT_THROW(run.store_all(files, {}), base::Error);
    }
    EXPECT_EQ(memories(), 1536);
    server_.restart();
    server_.app().jobs().run_due();
    EXPECT_EQ(number(get(begun), "stored"), 2002);
    EXPECT_EQ(number(get(begun), "already_there"), 0);
    EXPECT_EQ(memories(), 2002);
}

TEST_F(ImportsTest, WhatEndsTheProcessAgainAndAgainHasFailedAndCanBeStartedAnew) {
    const value begun = upload(chat_of(300));
    for (int crash = 0; crash < 12; ++crash) begin_and_die();
    server_.app().jobs().run_due();
    const value failed = get(begun);
    EXPECT_EQ(text_of(failed, "state"), "failed");
    EXPECT_NE(text_of(failed, "reason").find("start it again"), std::string::npos);
    server_.expect(202, Method::kPost, imports_ + "/" + text_of(begun, "id") + "/start", "", anna_);
    server_.app().jobs().run_due();
    EXPECT_EQ(text_of(get(begun), "state"), "done");
    EXPECT_EQ(memories(), 302);
}

TEST_F(ImportsTest, AnUndoThatWasGivenUpCanBeAskedForAgain) {
    const value done = import(chat_of(300));
    server_.expect(202, Method::kDelete, imports_ + "/" + text_of(done, "id"), "", anna_);
    for (int crash = 0; crash < 12; ++crash) begin_and_die();
    server_.app().jobs().run_due();
    EXPECT_EQ(text_of(get(done), "state"), "failed");
    EXPECT_EQ(text_of(undo(done), "state"), "undone");
    EXPECT_EQ(memories(), 0);
}

TEST_F(ImportsTest, DatesThatCanBeReadInTwoWaysWait) {
    const std::string chat = "03/04/23, 10:00 - Ida: alone\n";
    const value waits = upload(chat, "", 200);
    EXPECT_EQ(text_of(waits, "state"), "waiting");
    EXPECT_NE(text_of(waits, "reason").find("two ways"), std::string::npos);
    const std::string one = imports_ + "/" + text_of(waits, "id");
    server_.expect(422, Method::kPost, one + "/start", "", anna_);
    const value read = server_.expect(200, Method::kPut, one, R"({"date_order":"M/D/Y"})", anna_);
    EXPECT_EQ(text_of(read.at("first").at(0), "created_at"), "2023-03-04T10:00:00.000Z");
    server_.expect(202, Method::kPost, one + "/start", "", anna_);
    server_.expect(409, Method::kPut, one, R"({"date_order":"D/M/Y"})", anna_);
    server_.app().jobs().run_due();
    EXPECT_EQ(text_of(list().at(0), "created_at"), "2023-03-04T10:00:00.000Z");
}

TEST_F(ImportsTest, WhatCannotBeStoredIsNamed) {
    const value done = import(
        "{\"content\":\"good\"}\n"
        "{\"content\":\"too early\",\"created_at\":\"1890-01-01T00:00:00Z\"}\n"
        "{\"content\":\"no class\",\"classification\":\"hush\"}\n"
        "{\"content\":\"answers nothing\",\"reply_to\":\"018f3c5e-7d2a-7b1c-9e4f-0123456789ab\"}\n");
    EXPECT_EQ(text_of(done, "state"), "done");
    EXPECT_EQ(number(done, "stored"), 2);
    EXPECT_EQ(number(done, "refused"), 2);
    std::string problems;
    for (const value& problem : done.at("problems").as_array())
        problems += std::to_string(number(problem, "line")) + " " + text_of(problem, "reason") + "\n";
    EXPECT_NE(problems.find("2 Not stored: created_at "), std::string::npos) << problems;
    EXPECT_NE(problems.find("3 Not stored: classification "), std::string::npos) << problems;
}

TEST_F(ImportsTest, WhatIsTooLongBecomesSeveralInOneThread) {
    std::string line;
    while (line.size() < 25'000) line += "a sentence of some words. ";
    import("{\"content\":\"" + line + "\"}\n");
    const value all = list();
    ASSERT_EQ(all.as_array().size(), 3U);
    for (const value& part : all.as_array()) EXPECT_EQ(text_of(part, "thread_id"), text_of(all.at(0), "thread_id"));
}

TEST_F(ImportsTest, OwnIdsStayAndAnswersFindWhatTheyAnswer) {
    const std::string first = "018f3c5e-7d2a-7b1c-9e4f-0123456789ab", second = "018f3c5e-7d2a-7b1c-9e4f-0123456789ac";
    const std::string file = "{\"id\":\"" + first + "\",\"content\":\"question\"}\n{\"id\":\"" + second +
                             "\",\"content\":\"answer\",\"reply_to\":\"" + first + "\"}\n";
    EXPECT_EQ(number(import(file), "stored"), 2);
    const value answer = server_.expect(200, Method::kGet, "/api/v1/memories/" + second, "", anna_);
    EXPECT_EQ(text_of(answer, "reply_to"), first);
    EXPECT_EQ(text_of(answer, "thread_id"), first);
    EXPECT_EQ(number(import(file + file), "stored"), 0);
}

TEST_F(ImportsTest, WhatWasNeverStartedIsForgottenAfterADay) {
    const value waits = upload(chat_of(3), "?dry_run=true", 200);
    server_.app().imports().tidy();
    EXPECT_EQ(text_of(get(waits), "state"), "waiting");
    server_.clock().advance(std::chrono::hours(25));
    server_.app().imports().tidy();
    const std::string fresh = text_of(server_.sign_in("+491511"), "access_token");
    EXPECT_EQ(server_.expect(200, Method::kGet, imports_, "", fresh).as_array().size(), 0U);
}

}  // namespace
}  // namespace engram::integration
