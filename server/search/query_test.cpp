// What a query may ask beside plain words.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "search/search_fixture.hpp"

namespace engram::search {
namespace {

using Numbers = std::vector<std::uint32_t>;
using Strings = std::vector<std::string>;
using ports::IndexMatch;

class QueryTest : public ::testing::Test, protected SearchFixture {
protected:
    Numbers found_typing(const std::string& text) {
        ports::IndexQuery query = query_for(text);
        query.typing = true;
        return found(query);
    }
    Numbers found_phrase(const std::string& phrase) {
        ports::IndexQuery query;
        query.phrases = {phrase};
        return found(query);
    }
    std::uint32_t first(const ports::IndexQuery& query) { return number_of(ask(query).hits.at(0).id); }
};

TEST_F(QueryTest, PhrasesStandSideBySideInTheirOrder) {
    feed_.put(1, "The boiler room is cold", "en");
    feed_.put(2, "A room with a boiler", "en");
    feed_.put(3, "Boiler rooms of the world", "en");
    feed_.put(4, "黒い猫が好き", "ja");
    EXPECT_EQ(found_phrase("boiler room"), (Numbers{1, 3}));
    EXPECT_EQ(found_phrase("room boiler"), (Numbers{}));
    EXPECT_EQ(found_phrase("with a boiler"), (Numbers{2}));
    EXPECT_EQ(found_phrase("cold"), (Numbers{1}));
    EXPECT_EQ(found_phrase("boiler unknown"), (Numbers{}));
    EXPECT_EQ(found_phrase("黒い猫"), (Numbers{4}));
    EXPECT_EQ(found_phrase("猫黒"), (Numbers{}));
    ports::IndexQuery both = query_for("world cold");
    both.phrases = {"boiler room"};
    EXPECT_EQ(found(both), (Numbers{1, 3}));
    both.phrases = {"boiler room", "is cold"};
    EXPECT_EQ(found(both), (Numbers{1}));
}

TEST_F(QueryTest, WhatIsExcludedIsNotFound) {
    feed_.put(1, "tea with milk", "en");
    feed_.put(2, "tea with lemon", "en");
    feed_.put(3, "milk tea", "en");
    ports::IndexQuery query = query_for("tea");
    query.excluded = {"lemons"};
    EXPECT_EQ(found(query), (Numbers{1, 3}));
    query.excluded = {"milk tea"};
    EXPECT_EQ(found(query), (Numbers{1, 2}));
    query.excluded = {"with milk", "lemon"};
    EXPECT_EQ(found(query), (Numbers{3}));
    query.excluded = {"unknown", "?!"};
    EXPECT_EQ(found(query), (Numbers{1, 2, 3}));
    query.text = "";
    query.excluded = {"milk"};
    EXPECT_EQ(found(query), (Numbers{2}));
}

TEST_F(QueryTest, TheLastWordMayBeABeginningWhileTyping) {
    feed_.put(1, "Theatre tickets", "en");
    feed_.put(2, "The boiler", "en");
    feed_.put(3, "boiling water", "en");
    EXPECT_EQ(found_typing("boil"), (Numbers{2, 3}));
    EXPECT_EQ(found_typing("boile"), (Numbers{2}));
    EXPECT_EQ(found_typing("tickets the"), (Numbers{1, 2}));
    EXPECT_EQ(found_typing("tickets the "), (Numbers{1}));
    EXPECT_EQ(found_typing("t"), (Numbers{1, 2}));
    ports::IndexQuery query = query_for("boil");
    query.typing = true;
    const auto words = ask(query).words;
    ASSERT_EQ(words.size(), 1U);
    EXPECT_EQ(words[0].match, IndexMatch::kBeginning);
    EXPECT_EQ(words[0].found, (Strings{"boiler", "boiling"}));
}

TEST_F(QueryTest, NothingOfGoneEntriesIsSuggested) {
    feed_.put(1, "boiler", "en");
    feed_.put(2, "boilers and boiling", "en");
    feed_.put(2, "gone", "en");
    ports::IndexQuery query = query_for("boil");
    query.typing = true;
    EXPECT_EQ(ask(query).words[0].found, (Strings{"boiler"}));
    EXPECT_EQ(ask(query_for("boilre")).words[0].found, (Strings{"boiler"}));
}

TEST_F(QueryTest, MisspelledWordsFindWhatLooksAlike) {
    feed_.put(1, "Call the dentist", "en");
    feed_.put(2, "gardening in spring", "en");
    feed_.put(3, "Year 2023, room b12", "en");
    feed_.put(4, "Küche gestrichen", "de");
    const std::vector<std::pair<std::string, Numbers>> cases = {
        {"dentsit", {1}}, {"dentst", {1}}, {"dentisst", {1}}, {"gardning", {2}},    {"gradenig", {2}}, {"2024", {}},
        {"b13", {}},      {"cal", {1}},    {"xqzvw", {}},     {"kuhce", {4}},       {"Küceh", {4}},    {"spirng", {2}},
        {"ton", {}},      {"o", {}},       {"tdentist", {1}}, {"gardeninnngg", {}},
    };
    for (const auto& [query, numbers] : cases) EXPECT_EQ(found(query), numbers) << query;
    const auto words = ask(query_for("dentsit call")).words;
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0], (ports::IndexWord{"dentsit", IndexMatch::kSimilar, {"dentist"}}));
    EXPECT_EQ(words[1], (ports::IndexWord{"call", IndexMatch::kExact, {}}));
    EXPECT_EQ(ask(query_for("xqzvw")).words[0].match, IndexMatch::kNothing);
}

// The French stem of "Meer" is "me".
TEST_F(QueryTest, AStemOfOneLanguageIsNoneOfAnother) {
    feed_.put(1, "a record for me", "en");
    feed_.put(2, "Sommer am Meer", "de");
    feed_.put(3, "elle arrive", "fr");
    feed_.put(4, "showed me the houses", "en");
    feed_.put(5, "das Haus, the house", "de");
    EXPECT_EQ(found("Meer"), (Numbers{2}));
    EXPECT_EQ(found("house"), (Numbers{4, 5})) << "a word is found as it is written, in any text";
    EXPECT_EQ(found("houses"), (Numbers{4, 5})) << "and by its stem in the language of the text";
}

TEST_F(QueryTest, AWordThatThereIsIsNeverCorrected) {
    feed_.put(1, "form", "en");
    feed_.put(2, "from farm", "xx");
    EXPECT_EQ(found("form"), (Numbers{1}));
    EXPECT_EQ(found("forn"), (Numbers{1}));
}

TEST_F(QueryTest, WordsAreSplitAndJoined) {
    feed_.put(1, "the boiler room", "en");
    feed_.put(2, "our boilerroom", "en");
    feed_.put(3, "the room of the boiler", "en");
    feed_.put(4, "20 kg flour", "en");
    feed_.put(5, "20kg flour, e-mail them", "en");
    EXPECT_EQ(found("boilerroom"), (Numbers{1, 2}));
    EXPECT_EQ(found("boiler room"), (Numbers{1, 2, 3}));
    EXPECT_EQ(numbers_of(ask(query_for("boiler room"))).back(), 3U);
    EXPECT_EQ(found("20kg"), (Numbers{4, 5}));
    EXPECT_EQ(found_phrase("20 kg"), (Numbers{4}));
}

TEST_F(QueryTest, SynonymsFindEachOtherBehindTheWordItself) {
    feed_.put(1, "call mother", "en");
    feed_.put(2, "call mom", "en");
    feed_.put(3, "my mobile phone", "en");
    feed_.put(4, "the handy", "en");
    ports::IndexQuery query = query_for("moms");
    query.synonyms = {{"mom", "mother", "mama"}, {"handy", "mobile phone"}};
    EXPECT_EQ(numbers_of(ask(query)), (Numbers{2, 1}));
    EXPECT_EQ(ask(query).words[0].found, (Strings{"mother"}));
    query.text = "mama";
    EXPECT_EQ(found(query), (Numbers{1, 2}));
    query.text = "handy";
    EXPECT_EQ(found(query), (Numbers{3, 4}));
}

TEST_F(QueryTest, ASynonymIsNoMisspelling) {
    feed_.put(1, "a residence in town", "en");
    feed_.put(2, "some other text", "en");
    ports::IndexQuery query = query_for("home");
    query.synonyms = {{"home", "residence"}};
    EXPECT_EQ(found(query), (Numbers{1}));
    EXPECT_EQ(ask(query).words.at(0).match, IndexMatch::kExact);
}

TEST_F(QueryTest, AWordIsFoundWhenItIsTypedToItsEnd) {
    feed_.put(1, "Two cities in a week", "en");
    for (const char* typed : {"ci", "citi", "cit", "city", "cities"})
        EXPECT_EQ(found_typing(typed), (Numbers{1})) << typed;
}

TEST_F(QueryTest, CountsWhatIsFoundByLabel) {
    for (std::uint32_t i = 1; i <= 70; ++i) {
        ports::IndexChange change = change_of(i, 0, i % 2 == 0 ? "tea" : "coffee");
        change.category = i % 10 == 0 ? "work" : "general";
        change.source = "web";
        change.marks = {"all", "n" + std::to_string(i % 5)};
        feed_.put(change);
    }
    feed_.remove(70);
    ports::IndexQuery query = query_for("tea");
    query.facets = true;
    query.limit = 1;
    using Counts = std::vector<std::pair<std::string, std::int64_t>>;
    auto answer = ask(query);
    EXPECT_EQ(answer.categories, (Counts{{"general", 28}, {"work", 6}}));
    EXPECT_EQ(answer.sources, (Counts{{"web", 34}}));
    EXPECT_EQ(answer.marks, (Counts{{"all", 34}, {"n1", 7}, {"n2", 7}, {"n3", 7}, {"n4", 7}, {"n0", 6}}));
    query.text = "";
    query.filter.category = "work";
    answer = ask(query);
    EXPECT_EQ(answer.categories, (Counts{{"work", 6}}));
    query.facets = false;
    EXPECT_TRUE(ask(query).categories.empty());
}

TEST_F(QueryTest, AHintRaisesWhatItHoldsForAndHidesNothing) {
    for (std::uint32_t i = 1; i <= 100; ++i) {
        ports::IndexChange change = change_of(i, 0, i % 2 == 0 ? "dinner soup" : "dinner");
        change.marks = i == 10 ? std::vector<std::string>{"anna"} : std::vector<std::string>{};
        feed_.put(std::move(change));
    }
    ports::IndexQuery query = query_for("dinner");
    EXPECT_EQ(first(query), 1U) << "the shorter and the newest";
    query.hints.push_back({.spans = {}, .marks = {"anna", "unknown"}, .category = {}});
    EXPECT_EQ(first(query), 10U);
    EXPECT_EQ(ask(query).total, 100);
    EXPECT_EQ(ask(query).known_marks, Strings{"anna"});
    query.hints.push_back({.spans = {}, .marks = {"unknown"}, .category = {}});
    EXPECT_EQ(first(query), 10U);
    query.text.clear();
    EXPECT_EQ(first(query), 10U) << "a query of nothing but hints";
    EXPECT_EQ(ask(query).total, 100);
    query.text = "soup unheard";
    query.hints.erase(query.hints.begin());
    EXPECT_EQ(first(query), 2U) << "a hint that can hold for none changes nothing";
}

TEST_F(QueryTest, TakesAnyAmountOfAnything) {
    for (std::uint32_t i = 1; i <= 300; ++i) feed_.put(i, "word" + std::to_string(i) + " some more", "en");
    std::string many;
    for (int i = 0; i < 400; ++i) many += static_cast<char>('a' + i % 26);
    for (const std::string& text :
         {many, std::string(10'000, 'a'), std::string(500, '-'), std::string("\xff\xfe \u200b \u0301\u0301"),
          std::string("\u202eabc"), std::string("a b c d e f g h i j k l m n o p q r s t u v w x y z")}) {
        ports::IndexQuery query = query_for(text);
        query.typing = true;
        query.phrases = {text};
        query.excluded = {text};
        EXPECT_NO_THROW(ask(query)) << text;
    }
}

}  // namespace
}  // namespace engram::search
