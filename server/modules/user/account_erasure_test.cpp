#include "modules/user/account_erasure.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::user {
namespace {

using http::Method;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;

class AccountErasureTest : public ::testing::Test {
protected:
    // What is left in the tables of persons.
    std::int64_t rows_left(const base::Uuid& owner) {
        std::int64_t rows = 0;
        server_.app().database().read(owner, [&](ports::Transaction& tx) {
            for (const char* count :
                 {"SELECT COUNT(*) FROM memory_entries WHERE user_id = $1",
                  "SELECT COUNT(*) FROM memory_heads WHERE user_id = $1",
                  "SELECT COUNT(*) FROM memory_versions WHERE user_id = $1",
                  "SELECT COUNT(*) FROM person_state WHERE user_id = $1",
                  "SELECT COUNT(*) FROM memory_synonyms WHERE user_id = $1",
                  "SELECT COUNT(*) FROM memory_vectors WHERE user_id = $1",
                  "SELECT COUNT(*) FROM memory_vector_state WHERE user_id = $1",
                  "SELECT COUNT(*) FROM memory_undos WHERE user_id = $1",
                  "SELECT COUNT(*) FROM imports WHERE user_id = $1",
                  "SELECT COUNT(*) FROM import_messages WHERE user_id = $1", "SELECT COUNT(*) FROM users WHERE id = $1",
                  "SELECT COUNT(*) FROM user_sessions WHERE user_id = $1",
                  "SELECT COUNT(*) FROM jobs WHERE owner_id = $1"})
                tx.run(count, {owner}, [&](const ports::Row& row) { rows += row.integer(0); });
        });
        return rows;
    }

    void write_file(const std::string& path, std::string_view text) {
        const std::filesystem::path place = std::filesystem::path(server_.config().data) / path;
        std::filesystem::create_directories(place.parent_path());
        std::ofstream(place) << text;
    }
    bool has_file(const std::string& path) {
        return std::filesystem::exists(std::filesystem::path(server_.config().data) / path);
    }

    // Asks for it in the person's name, and does it, whatever else is under way on this thread.
    void erase(const base::Uuid& owner) {
        server_.app().erasure().request(owner, TestServer::kPassword, true);
        server_.app().erasure().work({.kind = "user.erase", .owner = owner, .key = "now"});
    }

    TestServer server_;
    std::string anna_ = server_.sign_up("+491511");
    const std::string password_ = std::string(R"({"password":")") + TestServer::kPassword + "\"";
};

TEST_F(AccountErasureTest, AsksForThePassword) {
    run_scenarios(server_, {{"unauthorised", Method::kPost, "/api/v1/users/me/delete", password_ + "}", "", 401, {}},
                            {"no password", Method::kPost, "/api/v1/users/me/delete", "{}", anna_, 422, {"password"}},
                            {"a wrong one",
                             Method::kPost,
                             "/api/v1/users/me/delete",
                             R"({"password":"not it at all"})",
                             anna_,
                             422,
                             {R"("field":"password")"}}});
    server_.expect(200, Method::kGet, "/api/v1/users/me", "", anna_);
}

TEST_F(AccountErasureTest, AtOnceReachesEverything) {
    const std::string bob = server_.sign_up("+491512");
    const base::Uuid owner = server_.app().users().find_by_phone_number("+491512")->id;
    server_.expect(201, Method::kPost, "/api/v1/memories/", R"({"content":"mine","classification":"general"})", bob);
    server_.expect(200, Method::kPut, "/api/v1/memories/synonyms", R"({"families":[["granny","oma"]]})", bob);
    server_.expect(202, Method::kPost, "/api/v1/imports", "{\"content\":\"imported\"}\n", bob);
    server_.expect(200, Method::kPost, "/api/v1/imports?dry_run=true", "{\"content\":\"waits\"}\n", bob);
    server_.clock().advance(std::chrono::seconds(2));
    server_.app().jobs().run_due();
    const std::filesystem::path data = server_.config().data;
    EXPECT_TRUE(std::filesystem::exists(data / "markdown" / "+491512") ||
                std::filesystem::exists(data / "markdown" / "491512"));
    EXPECT_GT(rows_left(owner), 9);
    server_.expect(202, Method::kPost, "/api/v1/users/me/delete", password_ + R"(,"now":true})", bob);
    server_.expect(401, Method::kGet, "/api/v1/users/me", "", bob);
    server_.expect(401, Method::kPost, "/api/v1/auth/login",
                   R"({"phone_number":"+491512",)" + password_.substr(1) + "}");
    server_.app().jobs().run_due();
    EXPECT_EQ(rows_left(owner), 0);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
        EXPECT_EQ(entry.path().string().find("491512"), std::string::npos) << entry.path();
        EXPECT_EQ(entry.path().string().find(to_string(owner)), std::string::npos) << entry.path();
    }
    server_.expect(200, Method::kGet, "/api/v1/users/me", "", anna_);
    server_.sign_up("+491512");
}

TEST_F(AccountErasureTest, WhoeverStillWorksForThePersonWritesNothingAfterwards) {
    const std::string bob = server_.sign_up("+491512");
    const base::Uuid owner = server_.app().users().find_by_phone_number("+491512")->id;
    const memory::Actor actor{owner, owner};
    server_.expect(201, Method::kPost, "/api/v1/memories/", R"({"content":"mine","classification":"general"})", bob);
    erase(owner);
    EXPECT_THROW(server_.app().memories().create(actor, {.content = "late", .classification = "general"}), base::Error);
    EXPECT_THROW(server_.app().memories().set_synonyms(actor, {{{"a", "b"}}}), base::Error);
    server_.app().jobs().run_due();
    EXPECT_EQ(rows_left(owner), 0);
    server_.expect(201, Method::kPost, "/api/v1/memories/", R"({"content":"hers","classification":"general"})", anna_);
}

TEST_F(AccountErasureTest, AnUploadThatIsStillComingLeavesNothing) {
    server_.sign_up("+491512");
    const base::Uuid owner = server_.app().users().find_by_phone_number("+491512")->id;
    const std::string upload = "{\"content\":\"late\"}\n";
    int reads = 0;
    const auto read = [&](std::span<char> out) -> std::size_t {
        if (++reads == 1) erase(owner);
        return reads == 1 ? upload.copy(out.data(), out.size()) : 0;
    };
    EXPECT_THROW(server_.app().imports().add({owner, owner}, {.name = "late.jsonl", .start = true}, read), base::Error);
    EXPECT_EQ(rows_left(owner), 0);
    EXPECT_FALSE(has_file("objects/imports/" + to_string(owner)));
}

TEST_F(AccountErasureTest, AnImportThatIsUnderWayEndsWithThePerson) {
    const std::string bob = server_.sign_up("+491512");
    const base::Uuid owner = server_.app().users().find_by_phone_number("+491512")->id;
    server_.expect(202, Method::kPost, "/api/v1/imports", "{\"content\":\"imported\"}\n", bob);
    bool erased = false;
    server_.app().imports().on_progress([&](const base::Uuid&, const integration::Import&) {
        if (!std::exchange(erased, true)) erase(owner);
    });
    server_.app().jobs().run_due();
    EXPECT_TRUE(erased);
    EXPECT_EQ(rows_left(owner), 0);
    EXPECT_TRUE(server_.app().queue().dead(10).empty());
}

TEST_F(AccountErasureTest, FilesOfWhoeverHasNoAccountGoWithTheNextStart) {
    write_file("markdown/+4999/state.json", R"({"epoch":1,"revision":1})");
    write_file("markdown/+4999/general/2026-11.md", "another process wrote it");
    write_file("markdown/Notes/mine.md", "somebody's own");
    server_.restart();
    EXPECT_FALSE(has_file("markdown/+4999"));
    EXPECT_TRUE(has_file("markdown/Notes/mine.md"));
}

TEST_F(AccountErasureTest, SigningInWithinTheGraceKeepsTheAccount) {
    const std::string bob = server_.sign_up("+491512");
    const auto request = [&](const std::string& token) {
        server_.expect(202, Method::kPost, "/api/v1/users/me/delete", password_ + "}", token);
        server_.expect(401, Method::kGet, "/api/v1/users/me", "", token);
    };
    request(bob);
    server_.clock().advance(std::chrono::days(3));
    server_.sign_in("+491512");
    server_.clock().advance(std::chrono::days(5));
    server_.app().jobs().run_due();
    EXPECT_TRUE(server_.app().users().find_by_phone_number("+491512"));
    request(text_of(server_.sign_in("+491512"), "access_token"));
    server_.clock().advance(std::chrono::days(6));
    server_.app().jobs().run_due();
    EXPECT_TRUE(server_.app().users().find_by_phone_number("+491512")) << "the grace is not over";
    server_.clock().advance(std::chrono::days(1));
    server_.app().jobs().run_due();
    EXPECT_FALSE(server_.app().users().find_by_phone_number("+491512"));
}

TEST_F(AccountErasureTest, TheOnlyAdminOfSeveralStays) {
    server_.sign_up("+491512");
    server_.expect(409, Method::kPost, "/api/v1/users/me/delete", password_ + "}", anna_);
}

}  // namespace
}  // namespace engram::user
