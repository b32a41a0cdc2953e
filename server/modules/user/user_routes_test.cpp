#include <gtest/gtest.h>

#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::user {
namespace {

using http::Method;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;

std::string account(const std::string& phone_number, const std::string& more = {}) {
    return R"({"phone_number":")" + phone_number + R"(","password":"otter lamp canyon")" + more + "}";
}

TEST(CreateUserTest, EveryStrangerNeedsAnInviteAndEveryBadFieldIsNamed) {
    TestServer server;
    const std::string setup = server.app().users().invite(std::nullopt, std::chrono::minutes(60)).token;
    const std::string with_setup = R"(,"invite":")" + setup + R"(")";
    run_scenarios(
        server,
        {
            {"unauthorised", Method::kPost, "/api/v1/users/", account("+491511"), "", 403, {"set-up link"}},
            {"a wrong invite", Method::kPost, "/api/v1/users/", account("+491511", R"(,"invite":"x")"), "", 403, {}},
            {"every bad field",
             Method::kPost,
             "/api/v1/users/",
             R"({"phone_number":"0151","password":"short","email":"nobody","nmae":"Anna"})",
             "",
             422,
             {R"("field":"phone_number","code":"pattern")", R"("field":"password","code":"too_short")",
              R"("field":"email")", R"("field":"nmae","code":"unknown")"}},
            {"a leaked password",
             Method::kPost,
             "/api/v1/users/",
             R"({"phone_number":"+491511","password":"Password123")" + with_setup + "}",
             "",
             422,
             {R"("code":"leaked")"}},
            {"no body", Method::kPost, "/api/v1/users/", "", "", 422, {R"("field":"phone_number","code":"required")"}},
            {"not JSON", Method::kPost, "/api/v1/users/", "{", "", 400, {}},
            {"the first is an admin",
             Method::kPost,
             "/api/v1/users/",
             account("+491511", with_setup),
             "",
             201,
             {R"("role":"admin")", R"("security_level":3)"},
             {"otter", "argon2"}},
            {"the set-up link works once",
             Method::kPost,
             "/api/v1/users/",
             account("+491512", with_setup),
             "",
             403,
             {}},
        });
}

TEST(CreateUserTest, ATakenNumberIsNamed) {
    TestServer server({.registration = Registration::kOpen});
    server.sign_up("+491511");
    run_scenarios(server, {
                              {"open to strangers",
                               Method::kPost,
                               "/api/v1/users/",
                               account("+491512", R"(,"email":"Bob@Example.org")"),
                               "",
                               201,
                               {"bob@example.org"}},
                              {"taken number",
                               Method::kPost,
                               "/api/v1/users/",
                               account("+491511"),
                               "",
                               409,
                               {R"("field":"phone_number","code":"taken")"}},
                              {"taken address",
                               Method::kPost,
                               "/api/v1/users/",
                               account("+491513", R"(,"email":"bob@example.org")"),
                               "",
                               409,
                               {R"("field":"email")"}},
                          });
}

TEST(CreateUserTest, WhoIsNotInvitedLearnsNothingAboutWhoIsHere) {
    TestServer server;
    server.sign_up("+491511");
    server.expect(403, Method::kPost, "/api/v1/users/", account("+491511"));
    server.expect(403, Method::kPost, "/api/v1/users/", account("+491512"));
}

TEST(CreateUserTest, TheFirstAccountNeedsTheLinkEvenWhereRegistrationIsOpen) {
    TestServer server({.registration = Registration::kOpen});
    server.expect(403, Method::kPost, "/api/v1/users/", account("+491511"));
}

TEST(CreateUserTest, WhereRegistrationIsClosedAnInviteDoesNotHelp) {
    TestServer server({.registration = Registration::kClosed});
    const std::string anna = server.sign_up("+491511");
    const auto invite = server.expect(201, Method::kPost, "/api/v1/invites", "{}", anna);
    const std::string body = R"(,"invite":")" + text_of(invite, "token") + R"(")";
    server.expect(403, Method::kPost, "/api/v1/users/", account("+491512", body));
    server.expect(403, Method::kPost, "/api/v1/users/", account("+491512"));
}

TEST(CreateUserTest, TheSetupLinkIsGoodForItsHourOnly) {
    TestServer server;
    const std::string setup = server.app().users().invite(std::nullopt, std::chrono::minutes(60)).token;
    server.clock().advance(std::chrono::minutes(60));
    server.expect(403, Method::kPost, "/api/v1/users/", account("+491511", R"(,"invite":")" + setup + R"(")"));
}

TEST(MeTest, ReadsAndChangesOnesOwnAccountOnly) {
    TestServer server;
    const std::string anna = server.sign_up("+491511"), bob = server.sign_up("+491512");
    run_scenarios(
        server,
        {
            {"unauthorised", Method::kGet, "/api/v1/users/me", "", "", 401, {}},
            {"unauthorised to change", Method::kPut, "/api/v1/users/me", R"({"name":"x"})", "", 401, {}},
            {"a made-up token", Method::kGet, "/api/v1/users/me", "", "abc.def.ghi", 401, {}},
            {"change some",
             Method::kPut,
             "/api/v1/users/me",
             R"({"name":"Anna","email":"a@example.org","preferences":{"theme":"dark"}})",
             anna,
             200,
             {R"("name":"Anna")"}},
            {"absent stays, null clears",
             Method::kPut,
             "/api/v1/users/me",
             R"({"email":null})",
             anna,
             200,
             {R"("name":"Anna")", R"("email":null)", R"("theme":"dark")"}},
            {"the other is as before", Method::kGet, "/api/v1/users/me", "", bob, 200, {R"("name":null)", "+491512"}},
            {"no zone and no language",
             Method::kPut,
             "/api/v1/users/me",
             R"({"time_zone":"Mars/Base","locale":"??"})",
             bob,
             422,
             {"time_zone", "locale", "Europe/Berlin", "de-DE"}},
            {"a zone and a language",
             Method::kPut,
             "/api/v1/users/me",
             R"({"time_zone":"Europe/Berlin","locale":"zh-Hant-TW"})",
             bob,
             200,
             {}},
            {"a bad address", Method::kPut, "/api/v1/users/me", R"({"email":"nobody"})", bob, 422, {"email"}},
            {"lower the level", Method::kPut, "/api/v1/users/me", R"({"security_level":1})", bob, 200, {}},
            {"raising it needs a step-up",
             Method::kPut,
             "/api/v1/users/me",
             R"({"security_level":4})",
             bob,
             403,
             {R"("type":"step-up-required")"}},
            {"no such level", Method::kPut, "/api/v1/users/me", R"({"security_level":5})", bob, 422, {"out_of_range"}},
        });
}

TEST(LoginTest, TellsNothingAboutWhoExists) {
    TestServer server;
    server.sign_up("+491511");
    const std::string wrong = R"(","password":"wrong wrong wrong"})";
    const auto nobody = server.send(Method::kPost, "/api/v1/auth/login", R"({"phone_number":"+4999)" + wrong);
    const auto anna = server.send(Method::kPost, "/api/v1/auth/login", R"({"phone_number":"+491511)" + wrong);
    EXPECT_EQ(nobody.status, 401);
    EXPECT_EQ(anna.status, 401);
    const auto detail = [](const http::Response& response) {
        return base::parse_json(response.body).at("detail").as_string();
    };
    EXPECT_EQ(detail(nobody), detail(anna));
    server.expect(422, Method::kPost, "/api/v1/auth/login", R"({"password":"x"})");
    server.expect(422, Method::kPost, "/api/v1/auth/login", R"({"phone_number":"+491511"})");
}

TEST(LoginTest, AnAddressWillDoAsWell) {
    TestServer server;
    const std::string anna = server.sign_up("+491511");
    server.expect(200, Method::kPut, "/api/v1/users/me", R"({"email":"anna@example.org"})", anna);
    server.expect(200, Method::kPost, "/api/v1/auth/login",
                  R"({"email":"Anna@example.org","password":"otter lamp canyon"})");
}

TEST(SessionTest, AnAccessTokenLivesForAQuarterOfAnHour) {
    TestServer server;
    const std::string anna = server.sign_up("+491511");
    server.clock().advance(std::chrono::minutes(14));
    server.expect(200, Method::kGet, "/api/v1/users/me", "", anna);
    server.clock().advance(std::chrono::minutes(1));
    server.expect(401, Method::kGet, "/api/v1/users/me", "", anna);
}

TEST(SessionTest, LogoutEndsTheAccessTokenAtOnce) {
    TestServer server;
    const std::string one = server.sign_up("+491511");
    const std::string two = text_of(server.sign_in("+491511"), "access_token");
    const std::string three = text_of(server.sign_in("+491511"), "access_token");
    server.expect(200, Method::kGet, "/api/v1/users/me", "", one);
    server.expect(401, Method::kPost, "/api/v1/auth/logout");
    server.expect(204, Method::kPost, "/api/v1/auth/logout", "", one);
    server.expect(401, Method::kGet, "/api/v1/users/me", "", one);
    server.expect(200, Method::kGet, "/api/v1/users/me", "", two);
    server.expect(204, Method::kPost, "/api/v1/auth/logout?everywhere=true", "", two);
    server.expect(401, Method::kGet, "/api/v1/users/me", "", two);
    server.expect(401, Method::kGet, "/api/v1/users/me", "", three);
}

TEST(SessionTest, SurvivesARestart) {
    TestServer server;
    const std::string anna = server.sign_up("+491511");
    server.restart();
    server.expect(200, Method::kGet, "/api/v1/users/me", "", anna);
}

class RefreshTest : public ::testing::Test {
protected:
    boost::json::value refresh(int status, const std::string& token) {
        return server_.expect(status, Method::kPost, "/api/v1/auth/refresh", R"({"refresh_token":")" + token + R"("})");
    }

    TestServer server_;
    std::string access_ = server_.sign_up("+491511");
    std::string first_ = text_of(server_.sign_in("+491511"), "refresh_token");
};

TEST_F(RefreshTest, GivesANewPairAndTheSameOneForHalfAMinute) {
    server_.clock().advance(std::chrono::minutes(20));
    const auto pair = refresh(200, first_);
    EXPECT_NE(text_of(pair, "refresh_token"), first_);
    server_.expect(200, Method::kGet, "/api/v1/users/me", "", text_of(pair, "access_token"));
    server_.clock().advance(std::chrono::seconds(30));
    EXPECT_EQ(refresh(200, first_), pair);
}

TEST_F(RefreshTest, ACopyUsedLaterEndsTheSession) {
    const auto pair = refresh(200, first_);
    server_.expect(200, Method::kGet, "/api/v1/users/me", "", text_of(pair, "access_token"));
    server_.clock().advance(std::chrono::seconds(31));
    refresh(401, first_);
    refresh(401, text_of(pair, "refresh_token"));
    server_.expect(401, Method::kGet, "/api/v1/users/me", "", text_of(pair, "access_token"));
    server_.expect(200, Method::kGet, "/api/v1/users/me", "", access_);
}

TEST_F(RefreshTest, EndsAfterAMonthWithoutUse) {
    server_.clock().advance(std::chrono::days(30));
    refresh(401, first_);
}

TEST_F(RefreshTest, RefusesWhatIsNoToken) {
    refresh(401, "abc");
    server_.expect(422, Method::kPost, "/api/v1/auth/refresh", "{}");
}

TEST(InviteTest, OnlyAnAdminInvitesAndAnInviteIsForOne) {
    TestServer server;
    const std::string anna = server.sign_up("+491511"), bob = server.sign_up("+491512");
    server.expect(401, Method::kPost, "/api/v1/invites", "{}");
    server.expect(403, Method::kPost, "/api/v1/invites", "{}", bob);
    server.expect(403, Method::kGet, "/api/v1/invites", "", bob);
    const auto invite = server.expect(201, Method::kPost, "/api/v1/invites", R"({"days":1})", anna);
    const std::string body = R"(,"invite":")" + text_of(invite, "token") + R"(")";
    server.expect(201, Method::kPost, "/api/v1/users/", account("+491513", body));
    server.expect(403, Method::kPost, "/api/v1/users/", account("+491514", body));
    const auto list = server.expect(200, Method::kGet, "/api/v1/invites", "", anna);
    ASSERT_EQ(list.as_array().size(), 1u);
    EXPECT_FALSE(list.at(0).at("used_at").is_null());
    EXPECT_FALSE(list.at(0).as_object().contains("token"));
}

TEST(InviteTest, ARevokedOneIsWorthNothing) {
    TestServer server;
    const std::string anna = server.sign_up("+491511"), bob = server.sign_up("+491512");
    const auto invite = server.expect(201, Method::kPost, "/api/v1/invites", "{}", anna);
    const std::string target = "/api/v1/invites/" + text_of(invite, "id");
    server.expect(401, Method::kDelete, target);
    server.expect(403, Method::kDelete, target, "", bob);
    server.expect(422, Method::kDelete, "/api/v1/invites/7", "", anna);
    server.expect(204, Method::kDelete, target, "", anna);
    server.expect(404, Method::kDelete, target, "", anna);
    server.expect(403, Method::kPost, "/api/v1/users/",
                  account("+491513", R"(,"invite":")" + text_of(invite, "token") + R"(")"));
}

}  // namespace
}  // namespace engram::user
