#include "modules/memory/meanings.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cmath>
#include <functional>

#include "testing/json_texts.hpp"
#include "testing/model.hpp"
#include "testing/test_server.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::TestModel;
using testing::TestServer;

constexpr const char* kAll = "/api/v1/memories/";

class MeaningsTest : public ::testing::Test {
protected:
    std::string remember(const std::string& content, const std::string& more = "") {
        const value made =
            server_.expect(201, Method::kPost, kAll, R"({"content":")" + content + "\"" + more + "}", anna_);
        return std::string(made.at("id").as_string());
    }
    void settle() { server_.app().jobs().run_due(); }

    value search(const std::string& query, const std::string& mode = "hybrid", const std::string& token = "") {
        return server_.expect(200, Method::kPost, "/api/v1/memories/search?envelope=true",
                              R"({"query":")" + query + R"(","mode":")" + mode + R"("})",
                              token.empty() ? anna_ : token);
    }
    static std::string first(const value& answer) {
        const auto& results = answer.at("results").as_array();
        return results.empty() ? "" : std::string(results[0].at("content").as_string());
    }
    std::int64_t pending() {
        return server_.expect(200, Method::kGet, std::string(kAll) + "status", "", anna_).at("pending").as_int64();
    }

    // Things that have nothing to do with each other.
    void remember_much() {
        for (const char* one :
             {"Boiler serviced, next time in October", "Passport renewal takes six weeks", "Dinner at the sushi place",
              "The car failed its inspection: brakes", "Leo lost his first tooth", "Gym contract ends in June",
              "Recipe: lentils, carrots, cumin", "The wifi of the cabin is on the fridge", "Flight to Porto at 6:40",
              "Choir rehearsal moved to Thursday", "New tyres are 205/55 R16", "Grandma likes orchids"})
            remember(one);
    }

    TestModel model_;
    TestServer server_{{.registration = user::Registration::kOpen, .own_embedders = {&model_}}};
    std::string anna_ = server_.sign_up("+491511");
};

TEST_F(MeaningsTest, AParaphraseFindsWhatWasMeant) {
    remember_much();
    remember("Borrowed the drill from Mr Kemal, must bring it back");
    EXPECT_EQ(pending(), 13);
    settle();
    EXPECT_EQ(pending(), 0);
    const value answer = search("what do I owe the man next door");
    EXPECT_EQ(first(answer), "Borrowed the drill from Mr Kemal, must bring it back");
    EXPECT_EQ(answer.at("interpreted").at("mode").as_string(), "hybrid");
    EXPECT_TRUE(answer.at("degraded").as_array().empty());
    EXPECT_EQ(first(search("heating maintenance", "semantic")), "Boiler serviced, next time in October");
    EXPECT_EQ(search("heating maintenance", "keyword").at("results").as_array().size(), 0U);
}

TEST_F(MeaningsTest, OfFewMemoriesTheTenNearestAreShown) {
    remember_much();
    remember("Borrowed the drill from Mr Kemal, must bring it back", R"(,"tags":["house"])");
    remember("Socks are three for two", R"(,"tags":["house"])");
    settle();
    const value answer = search("what do I owe the man next door");
    EXPECT_EQ(answer.at("total"), 11) << "beside what has the word next";
    const auto score = [](const value& found, std::size_t place) {
        return found.at("results").at(place).at("relevance_score").as_double();
    };
    EXPECT_GT(score(answer, 0), 0.4);
    for (std::size_t place = 1; place < 10; ++place) EXPECT_LT(score(answer, place), 0.2) << place;
    EXPECT_LT(score(search("homework about volcanoes"), 0), score(answer, 0)) << "nothing comes near";
    const value tagged = search("heating maintenance tag:house");
    EXPECT_EQ(tagged.at("total"), 2) << "of those that pass";
    const auto& dropped = tagged.at("interpreted").at("dropped").as_array();
    ASSERT_EQ(dropped.size(), 2U) << "of words that no memory has it is told";
    EXPECT_EQ(dropped[0].at("text").as_string(), "heating");
    EXPECT_EQ(dropped[1].at("text").as_string(), "maintenance");
}

TEST_F(MeaningsTest, WhereNothingIsSaidButDaysThoseComeFirstTheNewestInFront) {
    const auto at = [&](int hours_ago) {
        return R"(,"created_at":")" + base::format_rfc3339(server_.clock().now() - std::chrono::hours(hours_ago)) +
               "\"";
    };
    remember_much();
    remember("Stollen for the week before last", at(24 * 40));
    remember("Paid the plumber", at(26));
    remember("Swimming lessons", at(25));
    settle();
    for (const char* query : {"yesterday", "what did I do yesterday", "was habe ich gestern gemacht"}) {
        const value answer = search(query);
        const auto& results = answer.at("results").as_array();
        ASSERT_GT(results.size(), 2U) << query;
        EXPECT_EQ(results[0].at("content").as_string(), "Swimming lessons") << query;
        EXPECT_EQ(results[1].at("content").as_string(), "Paid the plumber") << query;
        EXPECT_EQ(results[1].at("relevance_score").to_number<double>(), 1.0) << query;
        EXPECT_LT(results[2].at("relevance_score").to_number<double>(), 1.0) << query;
        EXPECT_TRUE(answer.at("degraded").as_array().empty()) << query;
        EXPECT_TRUE(answer.at("interpreted").at("words").as_array().empty()) << query;
    }
}

TEST_F(MeaningsTest, WhereNothingIsSaidButAPersonOrATagWhatHasItComesFirst) {
    remember_much();
    remember("Anna says the key is with the caretaker");
    remember("See you at eight", R"(,"metadata":{"author":"Anna"})");
    remember("Slugs again", R"(,"tags":["garden"])");
    remember("The garden needs a fence");
    settle();
    EXPECT_EQ(first(search("messages from anna")), "See you at eight");
    const value said = search("what did Anna say");
    EXPECT_EQ(first(said), "See you at eight");
    EXPECT_EQ(said.at("results").at(1).at("content").as_string(), "Anna says the key is with the caretaker")
        << "what is told of her is not left behind the rest";
    for (const char* query : {"tagged garden", "#garden"}) {
        const value answer = search(query);
        EXPECT_EQ(first(answer), "Slugs again") << query;
        EXPECT_EQ(answer.at("results").at(1).at("content").as_string(), "The garden needs a fence") << query;
    }
}

TEST_F(MeaningsTest, WhatWasToldAMomentAgoIsFoundByItsWordsAtOnce) {
    remember_much();
    settle();
    remember("Zanzibar in spring");
    EXPECT_EQ(first(search("zanzibar")), "Zanzibar in spring");
    EXPECT_EQ(pending(), 1);
}

TEST_F(MeaningsTest, AChangedTextMeansSomethingElseAndAPinChangesNothing) {
    remember_much();
    const std::string id = remember("Swimming lessons on Monday");
    settle();
    const int before = model_.texts_embedded;
    server_.expect(200, Method::kPut, kAll + id, R"({"pinned":true})", anna_);
    settle();
    EXPECT_EQ(model_.texts_embedded, before) << "its text is the same";
    server_.expect(200, Method::kPut, kAll + id, R"({"content":"The dentist pulled a molar"})", anna_);
    settle();
    EXPECT_EQ(model_.texts_embedded, before + 1);
    EXPECT_EQ(first(search("extraction by an orthodontist", "semantic")), "The dentist pulled a molar");
    EXPECT_EQ(pending(), 0);
}

TEST_F(MeaningsTest, WhatIsInTheTrashIsNotFoundAndIsFoundAgainAfterIt) {
    remember_much();
    const std::string id = remember("The dentist pulled a molar");
    settle();
    server_.expect(204, Method::kDelete, kAll + id, "", anna_);
    settle();
    EXPECT_NE(first(search("tooth extraction", "semantic")), "The dentist pulled a molar");
    server_.expect(200, Method::kPost, kAll + id + "/restore", "{}", anna_);
    settle();
    EXPECT_EQ(first(search("tooth extraction by an orthodontist", "semantic")), "The dentist pulled a molar");
}

TEST_F(MeaningsTest, PlainWordsOfDaysAreToldWhereTheyAreHeeded) {
    remember("Boiler serviced");
    settle();
    const value answer = search("boiler in April 2020").at("interpreted");
    const boost::json::object hint{{"text", "in April 2020"}, {"kind", "date"}, {"means", "2020-04-01..2020-04-30"}};
    EXPECT_EQ(answer.at("hints"), boost::json::array{hint});
    EXPECT_TRUE(answer.at("filters").as_array().empty());
    EXPECT_TRUE(search(R"(boiler \"in April 2020\")").at("interpreted").at("hints").as_array().empty());
    EXPECT_EQ(search("boiler in April 2020", "keyword").at("interpreted").at("hints"), boost::json::array{hint});
}

TEST_F(MeaningsTest, SomebodyElseFindsNothing) {
    remember_much();
    settle();
    const std::string eve = server_.sign_up("+491512");
    EXPECT_EQ(search("heating maintenance", "hybrid", eve).at("results").as_array().size(), 0U);
}

TEST_F(MeaningsTest, VectorsSurviveARestart) {
    remember_much();
    settle();
    const int before = model_.texts_embedded;
    server_.restart();
    settle();
    EXPECT_EQ(first(search("heating maintenance", "semantic")), "Boiler serviced, next time in October");
    EXPECT_EQ(model_.texts_embedded, before + 1) << "the query";
}

TEST_F(MeaningsTest, WithoutItsModelWordsAnswerAndItHealsByItself) {
    remember_much();
    model_.there = false;
    settle();
    EXPECT_EQ(pending(), 12);
    const value answer = search("boiler");
    EXPECT_EQ(first(answer), "Boiler serviced, next time in October");
    EXPECT_EQ(answer.at("degraded").as_array().at(0).as_string(), "semantic");
    EXPECT_EQ(answer.at("interpreted").at("mode").as_string(), "keyword");
    const value health = server_.expect(200, Method::kGet, "/health?ready", "");
    EXPECT_NE(boost::json::serialize(health).find("taken away"), std::string::npos);
    model_.there = true;
    settle();
    EXPECT_EQ(pending(), 12) << "it is not looked for all the time";
    server_.clock().advance(std::chrono::seconds(30));
    settle();
    EXPECT_EQ(pending(), 0);
    EXPECT_EQ(first(search("heating maintenance", "semantic")), "Boiler serviced, next time in October");
}

TEST_F(MeaningsTest, WhereNothingHasAMeaningYetWordsAnswerAndItSaysSo) {
    remember_much();
    const value answer = search("boiler", "semantic");
    EXPECT_EQ(first(answer), "Boiler serviced, next time in October");
    EXPECT_EQ(answer.at("degraded").as_array().at(0).as_string(), "semantic");
    EXPECT_EQ(answer.at("interpreted").at("mode").as_string(), "keyword");
    settle();
    EXPECT_TRUE(search("boiler", "semantic").at("degraded").as_array().empty());
}

TEST_F(MeaningsTest, AModelThatIsNewAfterAStartIsUsedAtOnce) {
    model_.there = false;
    remember_much();
    settle();
    server_.stop();
    model_.there = true;
    server_.restart();
    settle();
    EXPECT_EQ(pending(), 0);
}

TEST_F(MeaningsTest, AModelThatFailsIsAskedAgain) {
    remember_much();
    model_.fails = true;
    settle();
    EXPECT_EQ(pending(), 12);
    EXPECT_EQ(first(search("boiler")), "Boiler serviced, next time in October");
    model_.fails = false;
    server_.clock().advance(std::chrono::minutes(11));
    anna_ = std::string(server_.sign_in("+491511").at("access_token").as_string());
    settle();
    EXPECT_EQ(pending(), 0);
}

TEST_F(MeaningsTest, ASecondModelIsAddedWhileTheFirstServes) {
    remember_much();
    settle();
    TestModel second("second");
    second.there = false;
    TestServer both({.registration = user::Registration::kOpen, .own_embedders = {&model_, &second}});
    const std::string bob = both.sign_up("+491513");
    both.expect(201, Method::kPost, kAll, R"({"content":"Boiler serviced"})", bob);
    both.app().jobs().run_due();
    const auto status = [&] { return both.expect(200, Method::kGet, std::string(kAll) + "status", "", bob); };
    EXPECT_EQ(status().at("pending").as_int64(), 1);
    const value answer = both.expect(200, Method::kPost, "/api/v1/memories/search?envelope=true",
                                     R"({"query":"heating maintenance"})", bob);
    EXPECT_EQ(first(answer), "Boiler serviced");
    second.there = true;
    both.clock().advance(std::chrono::seconds(30));
    both.app().jobs().run_due();
    EXPECT_EQ(second.texts_embedded, 1);
}

TEST_F(MeaningsTest, ALongTextThatIsFoundByItsMeaningShowsThePassage) {
    remember_much();
    std::string weather;
    for (int i = 0; i < 40; ++i) weather += "It rained all morning, and the river was high again that day. ";
    remember(weather + "The dentist pulled a molar and put in a crown. " + weather, R"(,"title":"Diary")");
    settle();
    const value answer = search("orthodontist extraction", "semantic");
    ASSERT_TRUE(first(answer).starts_with("It rained"));
    const std::string shown = boost::json::serialize(answer.at("results").at(0).at("highlights").at(0).at("parts"));
    EXPECT_NE(shown.find("\u2026"), std::string::npos);
    EXPECT_EQ(shown.find("[{\"text\":\"It rained all morning"), std::string::npos) << shown;
}

TEST_F(MeaningsTest, OneOfTwoModelsThatIsAwayIsTold) {
    TestModel second("second");
    TestServer both({.registration = user::Registration::kOpen, .own_embedders = {&model_, &second}});
    const std::string bob = both.sign_up("+491513");
    both.expect(201, Method::kPost, kAll, R"({"content":"Boiler serviced"})", bob);
    both.app().jobs().run_due();
    const auto degraded = [&](const std::string& query) {
        const value answer = both.expect(200, Method::kPost, "/api/v1/memories/search?envelope=true",
                                         R"({"query":")" + query + R"("})", bob);
        EXPECT_EQ(first(answer), "Boiler serviced");
        return boost::json::serialize(answer.at("degraded"));
    };
    EXPECT_EQ(degraded("heating maintenance"), "[]");
    second.there = false;
    EXPECT_EQ(degraded("heating engineer"), R"(["semantic/second"])");
    const int before = model_.texts_embedded;
    EXPECT_EQ(degraded("heating engineer"), R"(["semantic/second"])");
    EXPECT_EQ(model_.texts_embedded, before) << "what the other has answered is remembered";
    EXPECT_EQ(degraded("heating maintenance"), "[]") << "so is this";
    second.there = true;
    EXPECT_EQ(degraded("heating engineer"), "[]");
}

TEST_F(MeaningsTest, OddTextsAndQueriesAreNoTrouble) {
    remember_much();
    remember(std::string(9'000, 'a') + " elephants walked by");
    remember("🎂🎉");
    remember("مرحبا بالعالم שלום");
    remember("?!...");
    settle();
    EXPECT_EQ(pending(), 0);
    for (const char* query : {"🎂", "x", "?!", "שלום", "ab ñ 中 и"}) search(query);
    EXPECT_EQ(first(search("🎂")), "🎂🎉");
}

TEST_F(MeaningsTest, MoreThanOneTurnIsDoneAndTheNewestFirst) {
    std::string batch = "[";
    for (int i = 0; i < 400; ++i)
        batch += (i == 0 ? "" : ",") + (R"({"content":"note number )" + std::to_string(i) + "\"}");
    server_.expect(200, Method::kPost, std::string(kAll) + "batch", batch + "]", anna_);
    settle();
    EXPECT_EQ(pending(), 0);
    EXPECT_EQ(model_.texts_embedded, 400);
}

// Notes what it is asked, and in which order.
class NotingModel final : public ports::Embedder {
public:
    const std::string& model() const override { return name_; }
    ports::EmbedderStatus status() override { return {ports::EmbedderState::kReady, {}}; }
    std::vector<Vector> embed(std::span<const std::string> texts, ports::EmbedPurpose purpose) override {
        if (purpose == ports::EmbedPurpose::kPassage) {
            calls.emplace_back(texts.begin(), texts.end());
            if (on_call) on_call();
        }
        std::vector<Vector> vectors(texts.size(), Vector(dims, 1 / std::sqrt(static_cast<float>(dims))));
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (!refused.empty() && texts[i].find(refused) != std::string::npos) vectors[i].clear();
        return vectors;
    }
    std::size_t dimensions() const override { return dims; }
    std::vector<std::string_view> passages(std::string_view text) const override { return {text}; }

    std::size_t embedded() const {
        std::size_t all = 0;
        for (const auto& call : calls) all += call.size();
        return all;
    }

    std::vector<std::vector<std::string>> calls;
    std::function<void()> on_call;
    std::string refused;  // what it makes nothing of
    std::size_t dims = 2;

private:
    std::string name_ = "noting";
};

class NotedMeanings : public ::testing::Test {
protected:
    void SetUp() override { server_.app().jobs().run_due(); }  // what is done at each start

    void remember(const std::string& content) {
        server_.expect(201, Method::kPost, kAll, R"({"content":")" + content + "\"}", anna_);
    }
    std::int64_t pending() {
        return server_.expect(200, Method::kGet, std::string(kAll) + "status", "", anna_).at("pending").as_int64();
    }
    std::size_t found_by_meaning() {
        const value answer = server_.expect(200, Method::kPost, "/api/v1/memories/search?envelope=true",
                                            R"({"query":"zebra","mode":"semantic"})", anna_);
        return answer.at("results").as_array().size();
    }
    // What is embedded anew by what is due in so much time.
    std::size_t embedded_after(std::chrono::hours time) {
        const std::size_t before = model_.embedded();
        server_.clock().advance(time);
        anna_ = std::string(server_.sign_in("+491511").at("access_token").as_string());
        server_.app().jobs().run_due();
        return model_.embedded() - before;
    }

    NotingModel model_;
    TestServer server_{{.registration = user::Registration::kOpen, .own_embedders = {&model_}}};
    std::string anna_ = server_.sign_up("+491511");
};

TEST_F(NotedMeanings, WhatTheModelMakesNothingOfHoldsUpNothingAndIsTriedAgainEachDay) {
    model_.refused = "odd";
    for (const char* one : {"tea", "odd", "coffee"}) remember(one);
    EXPECT_EQ(embedded_after({}), 3U);
    EXPECT_EQ(pending(), 0);
    remember("milk");
    EXPECT_EQ(embedded_after({}), 1U) << "the odd one is left alone";
    EXPECT_EQ(embedded_after(std::chrono::hours(25)), 1U) << "it alone";
    model_.refused.clear();
    EXPECT_EQ(embedded_after(std::chrono::hours(25)), 1U);
    EXPECT_EQ(embedded_after(std::chrono::hours(25)), 0U);
}

TEST_F(NotedMeanings, AnotherNumberOfDimensionsIsAnotherModel) {
    for (const char* one : {"tea", "milk"}) remember(one);
    embedded_after({});
    EXPECT_EQ(found_by_meaning(), 2U);
    model_.dims = 3;
    EXPECT_EQ(pending(), 2);
    EXPECT_EQ(embedded_after(std::chrono::hours(1)), 2U) << "found out by the look for what waits";
    EXPECT_EQ(pending(), 0);
    EXPECT_EQ(found_by_meaning(), 2U);
    model_.dims = 4;
    remember("coffee");
    EXPECT_EQ(embedded_after({}), 3U);
    EXPECT_EQ(found_by_meaning(), 3U);
}

TEST(MeaningOrder, WhatAPersonLooksAtGoesBeforeTheRest) {
    NotingModel model;
    TestServer server({.registration = user::Registration::kOpen, .own_embedders = {&model}});
    const std::string anna = server.sign_up("+491511"), eve = server.sign_up("+491512");
    std::string batch = "[";
    for (int i = 0; i < 400; ++i)
        batch += (i == 0 ? "" : ",") + (R"({"content":"note number )" + std::to_string(i) + "\"}");
    server.expect(200, Method::kPost, std::string(kAll) + "batch", batch + "]", anna);
    std::vector<std::string> seen;
    model.on_call = [&] {
        if (model.calls.size() != 2) return;
        server.expect(200, Method::kGet, std::string(kAll) + "?limit=50", "", eve);
        const value page = server.expect(200, Method::kGet, std::string(kAll) + "?limit=3&offset=200", "", anna);
        for (const value& memory : page.as_array()) seen.emplace_back(memory.at("content").as_string());
    };
    server.app().jobs().run_due();
    ASSERT_EQ(seen.size(), 3U);
    ASSERT_GT(model.calls.size(), 3U);
    EXPECT_EQ(model.calls[0].size(), 32U) << "what was told last";
    EXPECT_EQ(model.calls[2], seen);
    EXPECT_EQ(model.embedded(), 400U) << "none of them twice";
}

TEST(MeaningText, HoldsAllThatAMemorySays) {
    Memory memory;
    memory.content = "They like orchids";
    memory.title = "Gifts";
    memory.context = "for birthdays";
    memory.tags = std::vector<std::string>{"family"};
    memory.metadata.text = R"({"author":"Anna"})";
    EXPECT_EQ(meaning_text(memory), "Anna: Gifts\nThey like orchids\nfor birthdays #family");
}

}  // namespace
}  // namespace engram::memory
