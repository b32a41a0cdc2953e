#include <gtest/gtest.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::contents;
using testing::TestServer;
using testing::text_of;
using Texts = std::vector<std::string>;

class MemorySearchTest : public ::testing::Test {
protected:
    std::string remember(const std::string& content, const std::string& more = {}) {
        return text_of(server_.expect(201, Method::kPost, "/api/v1/memories/",
                                      R"({"content":")" + content + "\"" + more + "}", anna_),
                       "id");
    }

    // The answer with its envelope; `more` are further members of the request.
    value search(const std::string& query, const std::string& more = {}) {
        std::string body = R"({"query":)";
        base::append_json(body, value(query));
        return server_.expect(200, Method::kPost, "/api/v1/memories/search?envelope=true", body + more + "}", anna_);
    }

    // What is found, in the order of the alphabet.
    Texts found(const std::string& query, const std::string& more = {}) {
        Texts texts = contents(search(query, more).at("results"));
        std::ranges::sort(texts);
        return texts;
    }

    // "text" of each thing that was dropped.
    static Texts dropped(const value& answer) {
        Texts texts;
        for (const value& one : answer.at("interpreted").at("dropped").as_array())
            texts.push_back(text_of(one, "text"));
        return texts;
    }

    TestServer server_;
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
};

class MemoryOperatorsTest : public MemorySearchTest {
protected:
    MemoryOperatorsTest() {
        remember("attic boiler", R"(,"created_at":"2019-05-01T00:00:00Z","pinned":true,"title":"Attic",)"
                                 R"("metadata":{"author":"Ömer Anna-Lena Kaya"})");
        remember("new boiler https://example.org", R"(,"created_at":"2020-05-01T00:00:00Z","source":"Telegram",)"
                                                   R"("tags":["Tea Room"])");
        remember("old boiler", R"(,"created_at":"2020-04-30T22:30:00Z","tags":["tea"])");
    }
};

TEST_F(MemoryOperatorsTest, EachLeavesWhatItNames) {
    const std::string link = "new boiler https://example.org";
    for (const auto& [query, expected] : std::vector<std::pair<std::string, Texts>>{
             {"boiler", {"attic boiler", link, "old boiler"}},
             {"boiler tag:TEA", {"old boiler"}},
             {"boiler tag:\"tea room\"", {link}},
             {"boiler -tag:tea", {"attic boiler", link}},
             {"boiler from:telegram", {link}},
             {"boiler from:api -tag:tea", {"attic boiler"}},
             {"boiler from:omer", {"attic boiler"}},
             {"boiler from:lena", {"attic boiler"}},
             {"boiler from:anna-lena", {"attic boiler"}},
             {"boiler from:\"ömer  anna-lena KAYA\"", {"attic boiler"}},
             {"boiler has:link", {link}},
             {"boiler -has:link has:tag", {"old boiler"}},
             {"boiler is:pinned", {"attic boiler"}},
             {"boiler before:2020", {"attic boiler"}},
             {"boiler after:2020-05", {link}},
             {"boiler on:2020-04", {"old boiler"}},
             {"boiler after:2020 has:tag from:telegram", {link}},
         })
        EXPECT_EQ(found(query), expected) << query;
}

TEST_F(MemoryOperatorsTest, HoldBesideTheFiltersOfTheApi) {
    EXPECT_EQ(found("boiler before:2021", R"(,"date_from":"2020-05-01T00:00:00Z")"),
              Texts{"new boiler https://example.org"});
    EXPECT_EQ(found("boiler has:tag", R"(,"tags":["tea"])"), Texts{"old boiler"});
    EXPECT_EQ(found("boiler has:title", R"(,"tags":["tea"])"), Texts{"old boiler"}) << "the operator is given up";
    EXPECT_EQ(found("boiler", R"(,"tags":["work"])"), Texts{}) << "never the filter of the API";
}

TEST_F(MemoryOperatorsTest, DaysAreThoseOfThePersonsTimeZone) {
    EXPECT_EQ(found("boiler on:2020-05"), Texts{"new boiler https://example.org"});
    server_.expect(200, Method::kPut, "/api/v1/users/me", R"({"time_zone":"Europe/Berlin"})", anna_);
    EXPECT_EQ(found("boiler on:2020-05"), (Texts{"new boiler https://example.org", "old boiler"}));
}

TEST_F(MemoryOperatorsTest, ByWordsAlonePlainWordsOfDaysRaiseWhatFits) {
    const std::string keyword = R"(,"mode":"keyword")";
    const value answer = search("boiler in April 2020", keyword);
    EXPECT_EQ(contents(answer.at("results")).at(0), "old boiler");
    EXPECT_EQ(answer.at("results").as_array().size(), 3u) << "it leaves out nothing";
    EXPECT_EQ(text_of(answer.at("interpreted").at("hints").at(0), "means"), "2020-04-01..2020-04-30");
    EXPECT_EQ(contents(search("what did Lena say about the boiler", keyword).at("results")).at(0), "attic boiler");
    EXPECT_EQ(contents(search("April 2020", keyword).at("results")).at(0), "old boiler");
    EXPECT_TRUE(search("boiler in April 2020", R"(,"typing":true)").at("interpreted").at("hints").as_array().empty());
}

TEST_F(MemoryOperatorsTest, WhoHasSaidNothingAndWhatTagsNothingIsNoHint) {
    const auto hints = [&](const std::string& query) {
        return search(query).at("interpreted").at("hints").as_array().size();
    };
    EXPECT_EQ(hints("what did Lena say"), 1u);
    EXPECT_EQ(hints("what did Paris say"), 0u);
    EXPECT_EQ(hints("tagged tea"), 1u);
    EXPECT_EQ(hints("tagged boiler"), 0u);
    EXPECT_EQ(contents(search("tagged boiler").at("results")).size(), 3u) << "its word is looked for";
}

TEST_F(MemoryOperatorsTest, WhatIsNotUnderstoodIsTold) {
    const value answer = search("boiler before:soon has:elephants tag:tea");
    EXPECT_EQ(contents(answer.at("results")), Texts{"old boiler"});
    EXPECT_EQ(dropped(answer), (Texts{"before:soon", "has:elephants"}));
    EXPECT_EQ(answer.at("interpreted").at("filters"), (boost::json::array{"tag:tea"}));
    EXPECT_EQ(contents(search("before:soon").at("results")), Texts{}) << "nothing is left to look for";
}

TEST_F(MemoryOperatorsTest, AreGivenUpWhereNothingIsFound) {
    const value answer = search("boiler tag:nowhere after:2024");
    EXPECT_EQ(answer.at("total"), 3);
    EXPECT_EQ(dropped(answer), (Texts{"tag:nowhere", "after:2024-01-01"}));
    EXPECT_TRUE(answer.at("interpreted").at("filters").as_array().empty());
    EXPECT_EQ(search("xyzzy tag:tea").at("total"), 0);
}

class MemoryWordsTest : public MemorySearchTest {
protected:
    MemoryWordsTest() {
        remember("the oil tank of the boiler", R"(,"tags":["house"],"source":"web")");
        remember("oil for the old tank", R"(,"tags":["house","car"])");
        remember("call mother about the boiler room");
    }

    // The texts that are marked in the first that is found.
    Texts marked(const std::string& query, const std::string& more = {}) {
        Texts texts;
        const value answer = search(query, more);
        for (const value& part : answer.at("results").at(0).at("highlights").at(0).at("parts").as_array())
            if (part.at("hit").as_bool()) texts.push_back(text_of(part, "text"));
        return texts;
    }
};

TEST_F(MemoryWordsTest, AreFoundAsTheyAreAskedFor) {
    const std::string boiler = "the oil tank of the boiler", tank = "oil for the old tank",
                      room = "call mother about the boiler room";
    for (const auto& [query, expected] : std::vector<std::pair<std::string, Texts>>{
             {"\"oil tank\"", {boiler}},
             {"\"oil tank\" -boiler", {tank}},
             {"oil -boiler", {tank}},
             {"boiler -\"oil tank\"", {room}},
             {"tag:house", {tank, boiler}},
             {"-tag:car", {room, boiler}},
             {"old -tag:car", {}},
             {"old -tag:car tag:nothing", {}},
             {"boiler -7", {room, boiler}},
             {"-oil", {room}},
             {"bolier", {room, boiler}},
             {"mom", {room}},
             {"boilerroom", {room}},
             {"xyzzy", {}},
             {"?!", {}},
         })
        EXPECT_EQ(found(query), expected) << query;
}

TEST_F(MemoryWordsTest, SaysWhatWasMadeOfThem) {
    const value corrected = search("bolier xyzzy").at("interpreted");
    EXPECT_EQ(corrected.at("corrected"), (boost::json::object{{"bolier", boost::json::array{"boiler"}}}));
    EXPECT_EQ(corrected.at("words"), boost::json::array{"boiler"});
    EXPECT_EQ(dropped(search("bolier xyzzy")), Texts{"xyzzy"});
    const value completed = search("boil", R"(,"typing":true)");
    EXPECT_EQ(completed.at("interpreted").at("completed"),
              (boost::json::object{{"boil", boost::json::array{"boiler"}}}));
    EXPECT_EQ(completed.at("total"), 2);
    EXPECT_EQ(dropped(search("\"tank oil\"")), Texts{"\"tank oil\""});
    EXPECT_EQ(search("\"tank oil\"").at("total"), 2);
}

TEST_F(MemoryWordsTest, AreMarkedWhereTheyWereFound) {
    EXPECT_EQ(marked("bolier oil"), (Texts{"oil", "boiler"}));
    EXPECT_EQ(marked("mom"), Texts{"mother"});
    EXPECT_EQ(marked("boi", R"(,"typing":true)"), Texts{"boiler"});
    EXPECT_EQ(marked("\"old tank\""), Texts{"old tank"});
}

TEST_F(MemoryWordsTest, AreMarkedInWhateverFieldHasThem) {
    remember("Flat roof leaks", R"(,"title":"Attic","context":"of the landlord","tags":["home","damp"],)"
                                R"("metadata":{"author":"Anna Kaya"})");
    for (const auto& [query, field] : std::vector<std::pair<std::string, std::string>>{
             {"attic", "title"}, {"landlord", "context"}, {"damp", "tags"}, {"kaya", "author"}}) {
        const value highlights = search(query).at("results").at(0).at("highlights");
        ASSERT_EQ(highlights.as_array().size(), 2U) << query;
        EXPECT_EQ(text_of(highlights.at(1), "field"), field);
        std::string hits;
        for (const value& part : highlights.at(1).at("parts").as_array())
            if (part.at("hit").as_bool()) hits += text_of(part, "text");
        EXPECT_EQ(base::to_lower_ascii(hits), query);
    }
}

TEST_F(MemoryWordsTest, TooShortToTellTheirLanguageAreOfTheirOwners) {
    server_.expect(200, Method::kPut, "/api/v1/users/me", R"({"locale":"de-DE"})", anna_);
    remember("Zwei Häuser");
    remember("Das Haus");
    remember("Katzen füttern");
    for (const auto& [query, expected] :
         std::vector<std::pair<std::string, Texts>>{{"haus", {"Das Haus", "Zwei Häuser"}},
                                                    {"häuser", {"Das Haus", "Zwei Häuser"}},
                                                    {"katze", {"Katzen füttern"}}}) {
        Texts all = found(query);
        std::ranges::sort(all);
        EXPECT_EQ(all, expected) << query;
    }
}

TEST_F(MemoryWordsTest, AreCountedByClassSourceAndTag) {
    const value facets = search("oil").at("facets");
    EXPECT_EQ(facets.at("classification"), (boost::json::object{{"general", 2}}));
    EXPECT_EQ(facets.at("source"), (boost::json::object{{"api", 1}, {"web", 1}}));
    EXPECT_EQ(facets.at("tag"), (boost::json::object{{"car", 1}, {"house", 2}}));
}

TEST_F(MemoryWordsTest, APersonsOwnSynonymsHoldAtOnceAndForNobodyElse) {
    server_.expect(200, Method::kPut, "/api/v1/memories/synonyms", R"({"families":[["kettle","boiler"]]})", anna_);
    EXPECT_EQ(search("kettle").at("total"), 2);
    const std::string query = "/api/v1/memories/search";
    server_.expect(201, Method::kPost, "/api/v1/memories/", R"({"content":"a boiler"})", bob_);
    EXPECT_EQ(server_.expect(200, Method::kPost, query, R"({"query":"kettle"})", bob_).as_array().size(), 0U);
}

TEST_F(MemorySearchTest, NoTextIsAnError) {
    for (const std::string& query :
         {std::string("\"open"), std::string("-"), std::string("- -- -\" \"\" tag: ?!"), std::string(500, '"'),
          std::string("\u200b\u202e\u0301"), std::string("👩‍👩‍👧‍👦 -👍🏽 \"🇩🇪\""),
          std::string("مرحبا -שלום"), std::string("x"), std::string("the of and")})
        search(query);
    std::string operators;
    while (operators.size() < 490) operators += "-tag:x ";
    search(operators);
    server_.expect(422, Method::kPost, "/api/v1/memories/search", R"({"query":")" + std::string(501, 'x') + "\"}",
                   anna_);
}

TEST_F(MemorySearchTest, LongTextsAreShownWhereTheWordsStand) {
    std::string filler;
    while (filler.size() < 2000) filler += "lorem ipsum ";
    remember(filler + "the boiler smells of oil " + filler);
    const value answer = search("oil boiler");
    const auto& parts = answer.at("results").at(0).at("highlights").at(0).at("parts").as_array();
    EXPECT_EQ(text_of(parts.at(1), "text"), "boiler");
    EXPECT_EQ(text_of(parts.at(3), "text"), "oil");
    EXPECT_TRUE(text_of(parts.at(0), "text").starts_with("…"));
}

}  // namespace
}  // namespace engram::memory
