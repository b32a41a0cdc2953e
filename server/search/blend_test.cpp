#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "search/search_fixture.hpp"

namespace engram::search {
namespace {

using namespace std::chrono_literals;

// Meanings as points on a circle: the nearer the angle, the nearer the meaning.
std::vector<float> at_angle(double degrees) {
    const double radians = degrees * std::acos(-1.0) / 180;
    return {static_cast<float>(std::cos(radians)), static_cast<float>(std::sin(radians))};
}

class BlendTest : public ::testing::Test, protected SearchFixture {
protected:
    void put_meaning(std::uint32_t number, double degrees, std::string model = "m") {
        vectors_.push_back(
            {id_of(number), static_cast<std::int64_t>(vectors_.size()) + 1, std::move(model), {at_angle(degrees)}});
    }

    // A message of a conversation, at the second of its number.
    void say(std::uint32_t number, std::string text, std::string conversation) {
        ports::IndexChange change = change_of(number, 0, std::move(text));
        change.conversation = std::move(conversation);
        change.asks = change.text.ends_with('?');
        change.created_at = day(500) + number * 1s;
        feed_.put(std::move(change));
        put_meaning(number, 80);
    }

    // 60 entries that speak of other things, their meanings far from 0°.
    void put_background() {
        for (std::uint32_t number = 100; number < 160; ++number) {
            feed_.put(number, "filler number" + std::to_string(number));
            put_meaning(number, 90 + number % 45);
        }
    }

    ports::IndexAnswer ask_meaning(const std::string& text, double degrees, bool by_words = true,
                                   const std::string& model = "m") {
        return ask_meaning(query_for(text), degrees, by_words, model);
    }
    ports::IndexAnswer ask_meaning(const ports::IndexQuery& query, double degrees, bool by_words = true,
                                   const std::string& model = "m") {
        ports::IndexMeaning meaning;
        meaning.asked.push_back({model, at_angle(degrees)});
        meaning.by_words = by_words;
        meaning.revision = static_cast<std::int64_t>(vectors_.size());
        meaning.feed = [this](std::int64_t after, const ports::IndexMeaning::Apply& apply) {
            ++vector_reads_;
            for (auto at = static_cast<std::size_t>(after); at < vectors_.size(); ++at)
                apply(ports::IndexVectors(vectors_[at]));
        };
        return index_->search(owner_, epoch_, feed_.revision(), feed_.feed(), query, meaning);
    }

    using Counts = std::vector<std::pair<std::string, std::int64_t>>;
    std::vector<ports::IndexVectors> vectors_;
    int vector_reads_ = 0;
};

TEST_F(BlendTest, WhatMeansTheSameIsFoundWithoutAWordInCommon) {
    put_background();
    feed_.put(1, "borrowed the drill");
    put_meaning(1, 5);
    const auto answer = ask_meaning("what do I owe the man next door", 0);
    ASSERT_FALSE(answer.hits.empty());
    EXPECT_EQ(number_of(answer.hits[0].id), 1U);
    EXPECT_GT(answer.hits[0].score, 0.1);
    EXPECT_EQ(answer.total, std::ssize(answer.hits));
}

TEST_F(BlendTest, WordsAndMeaningTogetherGoBeforeEitherAlone) {
    put_background();
    feed_.put(1, "boiler");
    feed_.put(2, "heating");
    feed_.put(3, "boiler");
    put_meaning(1, 100), put_meaning(2, 10), put_meaning(3, 10);
    const auto answer = ask_meaning("boiler", 0);
    ASSERT_GE(answer.hits.size(), 3U);
    EXPECT_EQ(number_of(answer.hits[0].id), 3U);
    EXPECT_LT(answer.hits[1].score, answer.hits[0].score);
}

TEST_F(BlendTest, ByMeaningAloneWordsDoNotCount) {
    put_background();
    feed_.put(1, "boiler");
    feed_.put(2, "heating");
    put_meaning(1, 120), put_meaning(2, 1);
    EXPECT_EQ(number_of(ask_meaning("boiler", 0, false).hits.at(0).id), 2U);
}

TEST_F(BlendTest, WhatHasNoVectorYetIsFoundByItsWords) {
    put_background();
    feed_.put(1, "boiler");
    const auto answer = ask_meaning("boiler", 0);
    ASSERT_FALSE(answer.hits.empty());
    EXPECT_EQ(number_of(answer.hits[0].id), 1U);
}

TEST_F(BlendTest, WithoutAnyVectorWordsRankAsEver) {
    feed_.put(1, "boiler");
    feed_.put(2, "tea");
    const auto answer = ask_meaning("boiler", 0);
    EXPECT_EQ(numbers_of(answer), (Numbers{1}));
    EXPECT_EQ(answer.hits.at(0).score, ask("boiler").hits.at(0).score);
    EXPECT_TRUE(answer.lacks_meaning);
    EXPECT_EQ(numbers_of(ask_meaning("boiler", 0, false)), (Numbers{1})) << "nothing is known of any meaning";
}

TEST_F(BlendTest, FiltersPhrasesAndFacetsHoldForBoth) {
    put_background();
    ports::IndexChange change = change_of(1, 0, "borrowed the drill");
    change.category = "general";
    feed_.put(std::move(change));
    feed_.put(2, "another loan");
    put_meaning(1, 3), put_meaning(2, 1);
    ports::IndexQuery query = query_for("owe the neighbour");
    query.filter.category = "general";
    query.facets = true;
    const auto answer = ask_meaning(query, 0);
    EXPECT_EQ(numbers_of(answer), (Numbers{1}));
    EXPECT_EQ(answer.total, 1);
    ASSERT_EQ(answer.categories.size(), 1U);
    EXPECT_EQ(answer.categories[0], (std::pair<std::string, std::int64_t>("general", 1)));
}

TEST_F(BlendTest, AVectorStaysWithAnEntryThatChangesAndGoesWithOneThatGoes) {
    put_background();
    feed_.put(1, "borrowed the drill");
    put_meaning(1, 1);
    EXPECT_EQ(number_of(ask_meaning("owe", 0).hits.at(0).id), 1U);
    feed_.put(1, "borrowed the drill of Mr Kemal");
    EXPECT_EQ(number_of(ask_meaning("owe", 0).hits.at(0).id), 1U) << "until it has another";
    put_meaning(1, 170);
    for (const auto& hit : ask_meaning("owe", 0).hits) EXPECT_NE(number_of(hit.id), 1U);
    put_meaning(1, 1);
    feed_.remove(1);
    for (const auto& hit : ask_meaning("owe", 0).hits) EXPECT_NE(number_of(hit.id), 1U);
}

TEST_F(BlendTest, VectorsAreReadOnceAndAgainAfterTheIndexStartsOver) {
    put_background();
    ask_meaning("owe", 0);
    ask_meaning("owe", 0);
    EXPECT_EQ(vector_reads_, 1);
    ++epoch_;
    feed_.put(1, "borrowed the drill");
    put_meaning(1, 1);
    EXPECT_EQ(number_of(ask_meaning("owe", 0).hits.at(0).id), 1U);
    EXPECT_EQ(vector_reads_, 2);
}

TEST_F(BlendTest, VectorsOfAnotherModelDoNotCount) {
    put_background();
    feed_.put(1, "borrowed the drill");
    put_meaning(1, 1, "other");
    for (std::uint32_t number = 100; number < 160; ++number) put_meaning(number, 120, "other");
    for (const auto& hit : ask_meaning("owe", 0).hits) EXPECT_NE(number_of(hit.id), 1U);
    EXPECT_EQ(number_of(ask_meaning("owe", 0, true, "other").hits.at(0).id), 1U);
}

TEST_F(BlendTest, AnAnswerIsFoundByTheWordsOfItsQuestion) {
    put_background();
    say(1, "how was the concert of the choir?", "c");
    say(2, "so moving, we cried", "c");
    say(3, "and you", "other");
    const auto answer = ask_meaning("concert choir", 60);
    const Numbers order = numbers_of(answer);
    const auto place = [&](std::uint32_t number) { return std::find(order.begin(), order.end(), number); };
    EXPECT_LT(place(2), order.begin() + 2) << "it stands beside what has the words";
    EXPECT_LT(place(2), place(3));
}

TEST_F(BlendTest, WhatIsToldElsewhereMeanwhileComesNotBetweenThem) {
    put_background();
    say(1, "how was the concert of the choir?", "c");
    for (std::uint32_t number = 2; number < 6; ++number) say(number, "on my way", "other");
    say(6, "a note", "");
    say(7, "so moving, we cried", "c");
    say(8, "there in a minute", "other");
    const Numbers order = numbers_of(ask_meaning("concert choir", 60));
    const auto place = [&](std::uint32_t number) { return std::find(order.begin(), order.end(), number); };
    EXPECT_LT(place(7), order.begin() + 2);
}

TEST_F(BlendTest, WhatStandsAloneKeepsUpWithAConversationAboutTheSame) {
    put_background();
    feed_.put(1, "plum cake");
    put_meaning(1, 2);
    for (std::uint32_t number = 2; number < 12; ++number) {
        ports::IndexChange change = change_of(number, 0, number % 2 == 0 ? "plum cake" : "thanks");
        change.conversation = "c";
        change.created_at = day(500) + number * 1s;
        feed_.put(std::move(change));
        put_meaning(number, number % 2 == 0 ? 2 : 100);
    }
    EXPECT_EQ(number_of(ask_meaning("plum cake", 0).hits.at(0).id), 1U);
}

TEST_F(BlendTest, AHintRaisesWhatItHoldsForAndHidesNothing) {
    put_background();
    feed_.put(1, "dinner");
    feed_.put(2, "dinner");
    put_meaning(1, 10), put_meaning(2, 10);
    ports::IndexQuery query = query_for("dinner");
    EXPECT_EQ(number_of(ask_meaning(query, 0).hits.at(0).id), 2U) << "the newer";
    query.hints.push_back({.spans = {{day(1), day(2), 1}}, .marks = {}, .category = {}});
    const auto answer = ask_meaning(query, 0);
    EXPECT_EQ(number_of(answer.hits.at(0).id), 1U);
    EXPECT_EQ(number_of(answer.hits.at(1).id), 2U);
    query.text.clear();
    EXPECT_EQ(number_of(ask_meaning(query, 0).hits.at(0).id), 1U) << "a query of nothing but hints";
}

TEST_F(BlendTest, OfManyThatAHintHoldsForEachIsHardlyTheOne) {
    put_background();
    for (std::uint32_t number = 1; number <= 12; ++number) {
        feed_.put(number, "boiler repaired again");
        put_meaning(number, 5);
    }
    ports::IndexQuery query = query_for("boiler");
    query.hints.push_back({.spans = {{day(1), day(2), 1}}, .marks = {}, .category = {}});
    const double alone = ask_meaning(query, 0).hits.at(0).score;
    query.hints.front().spans = {{day(1), day(13), 1}};
    const double among_many = ask_meaning(query, 0).hits.at(0).score;
    EXPECT_GT(alone, 0.9);
    EXPECT_LT(among_many, 0.3);
}

TEST_F(BlendTest, ARightWordIsNotTakenForAnother) {
    put_background();
    feed_.put(1, "hund");
    put_meaning(1, 150);
    EXPECT_EQ(ask_meaning("hound", 100).words.at(0).match, ports::IndexMatch::kSimilar);
    ports::IndexQuery query = query_for("hound");
    query.right_words = {"hound"};
    EXPECT_EQ(ask_meaning(query, 100).words.at(0).match, ports::IndexMatch::kNothing);
}

TEST_F(BlendTest, AModelOfOneLanguageCountsLittleForTextsInAnother) {
    put_background();
    feed_.put(1, "la voiture est en panne", "fr");
    feed_.put(2, "the car broke down", "en");
    for (std::uint32_t number = 100; number < 160; ++number) put_meaning(number, 90 + number % 45, "many");
    put_meaning(1, 120), put_meaning(2, 60);
    put_meaning(1, 5, "many"), put_meaning(2, 60, "many");
    ports::IndexMeaning meaning;
    meaning.asked = {{"m", at_angle(0), "en"}, {"many", at_angle(0), ""}};
    meaning.by_words = false;
    meaning.revision = static_cast<std::int64_t>(vectors_.size());
    meaning.feed = [this](std::int64_t, const ports::IndexMeaning::Apply& apply) {
        for (const ports::IndexVectors& one : vectors_) apply(ports::IndexVectors(one));
    };
    const auto answer = index_->search(owner_, epoch_, feed_.revision(), feed_.feed(), query_for("car"), meaning);
    EXPECT_EQ(number_of(answer.hits.at(0).id), 1U);
}

TEST_F(BlendTest, TheTenNearestAreFoundHoweverFarTheyAre) {
    for (std::uint32_t number = 1; number <= 20; ++number) {
        ports::IndexChange change = change_of(number, 0, number == 20 ? "owe" : "filler");
        change.category = number % 2 == 0 ? "even" : "odd";
        feed_.put(std::move(change));
        put_meaning(number, number == 20 ? 170 : 30 + number);
    }
    ports::IndexQuery query = query_for("owe");
    query.facets = true;
    const auto by_meaning = ask_meaning(query, 0, false);
    EXPECT_EQ(numbers_of(by_meaning), (Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    EXPECT_EQ(by_meaning.total, 10);
    EXPECT_EQ(by_meaning.categories, (Counts{{"even", 5}, {"odd", 5}}));
    EXPECT_EQ(ask_meaning(query, 0).total, 11) << "and what has the word";
    query.filter.category = "odd";
    const auto odd = ask_meaning(query, 0);
    EXPECT_EQ(numbers_of(odd), (Numbers{1, 3, 5, 7, 9, 11, 13, 15, 17, 19})) << "of those that pass";
    EXPECT_EQ(odd.total, 10);
}

TEST_F(BlendTest, FewEntriesThatAreAllAsFarAwayHaveLowScores) {
    for (std::uint32_t number = 1; number <= 12; ++number) {
        feed_.put(number, "filler");
        put_meaning(number, 80 + number * 0.01);
    }
    const auto answer = ask_meaning("owe", 0, false);
    EXPECT_EQ(answer.total, 10);
    for (const auto& hit : answer.hits) EXPECT_LT(hit.score, 0.1) << "cosines always lie some way apart";
}

TEST_F(BlendTest, AQueryWithoutAGoodAnswerShowsLowScores) {
    put_background();
    const auto answer = ask_meaning("zebra", 112);
    for (const auto& hit : answer.hits) EXPECT_LT(hit.score, 0.2);
}

}  // namespace
}  // namespace engram::search
