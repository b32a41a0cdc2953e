#include "search/search_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "search/search_fixture.hpp"

namespace engram::search {
namespace {

class SearchIndexTest : public ::testing::Test, protected SearchFixture {};
using Numbers = std::vector<std::uint32_t>;

TEST_F(SearchIndexTest, FindsWordsInEveryFormAndSpelling) {
    feed_.put(1, "The dentist called about my running shoes", "en");
    feed_.put(2, "Die Häuser am Fluss sind alt", "de");
    feed_.put(3, "Une journée d'été à la plage avec mes élèves", "fr");
    feed_.put(4, "Мы купили новые книги", "ru");
    feed_.put(5, "黒い猫が好きです", "ja");
    feed_.put(6, "Party at U.S. Embassy 🎉 v1.2", "");
    const std::vector<std::pair<std::string, Numbers>> cases = {
        {"DENTISTS", {1}}, {"run", {1}},   {"haus", {2}},    {"Häuser", {2}}, {"hauser", {2}}, {"ete", {3}},
        {"ÉTÉ", {3}},      {"eleve", {3}}, {"книга", {4}},   {"猫", {5}},     {"黒い", {5}},   {"猫好", {}},
        {"🎉", {6}},       {"us", {6}},    {"parties", {6}}, {"v1.2", {6}},   {"nothing", {}}, {"plage fluss", {2, 3}},
    };
    for (const auto& [query, numbers] : cases) EXPECT_EQ(found(query), numbers) << query;
}

TEST_F(SearchIndexTest, NoPhraseGoesFromFieldToField) {
    feed_.put(1, std::string("the roof leaks\x1e") + "attic door\x1e" + "house", "en");
    ports::IndexQuery query = query_for("");
    const std::vector<std::pair<std::string, std::int64_t>> cases = {
        {"roof leaks", 1}, {"leaks attic", 0}, {"attic door", 1}, {"door house", 0}};
    for (const auto& [phrase, total] : cases) {
        query.phrases = {phrase};
        EXPECT_EQ(ask(query).total, total) << phrase;
    }
}

TEST_F(SearchIndexTest, DropsStopWordsOnlyBesideOthers) {
    feed_.put(1, "the house", "en");
    feed_.put(2, "the garden", "en");
    EXPECT_EQ(found("the house"), (Numbers{1}));
    EXPECT_EQ(ask("the house").words, (std::vector{ports::IndexWord{.typed = "house"}}));
    EXPECT_EQ(found("the"), (Numbers{1, 2}));
}

TEST_F(SearchIndexTest, AnswersNothingForAQueryWithoutWords) {
    feed_.put(1, "the house", "en");
    for (const char* query : {"?!", "\u200b\u200d", "\xff\xfe"}) {
        const auto answer = ask(query);
        EXPECT_TRUE(answer.hits.empty()) << query;
        EXPECT_EQ(answer.total, 0) << query;
    }
}

TEST_F(SearchIndexTest, ListsEverythingThatPassesForAQueryOfNothing) {
    for (std::uint32_t i = 1; i <= 5; ++i) feed_.put(i, i == 3 ? "the house" : "tea");
    ports::IndexQuery query = query_for(" ");
    query.limit = 2;
    query.offset = 1;
    const auto answer = ask(query);
    EXPECT_EQ(numbers_of(answer), (Numbers{4, 3}));
    EXPECT_EQ(answer.total, 5);
    EXPECT_EQ(answer.hits.front().score, 1);
    query.excluded = {"tea"};
    query.offset = 0;
    EXPECT_EQ(numbers_of(ask(query)), (Numbers{3}));
    query.phrases = {"?!"};
    EXPECT_EQ(ask(query).total, 0);
}

TEST_F(SearchIndexTest, WhatItHasFollowedNoSearchReads) {
    int vector_reads = 0;
    ports::IndexMeaning meaning;
    meaning.feed = [&](std::int64_t after, const ports::IndexMeaning::Apply& apply) {
        ++vector_reads;
        while (++after <= meaning.revision) apply({id_of(static_cast<std::uint32_t>(after)), after, "m", {{1, 0}}});
    };
    const auto follow = [&] { index_->follow(owner_, epoch_, feed_.revision(), feed_.feed(), meaning); };
    feed_.put(1, "tea");
    follow();
    EXPECT_EQ(feed_.reads(), 0) << "it makes no index";
    EXPECT_FALSE(index_->has(owner_));
    EXPECT_EQ(found("tea"), (Numbers{1}));
    EXPECT_TRUE(index_->has(owner_));
    feed_.put(2, "tea");
    meaning.revision = 2;
    follow();
    const int reads = feed_.reads();
    EXPECT_EQ(found("tea"), (Numbers{1, 2}));
    meaning.asked.push_back({"m", {1, 0}, {}});
    EXPECT_FALSE(
        index_->search(owner_, epoch_, feed_.revision(), feed_.feed(), query_for("tea"), meaning).lacks_meaning);
    EXPECT_EQ(feed_.reads(), reads);
    EXPECT_EQ(vector_reads, 1);
    follow();
    EXPECT_EQ(feed_.reads(), reads) << "nothing is new";
    ++epoch_;
    follow();
    EXPECT_EQ(feed_.reads(), reads) << "it is of another history";
}

TEST_F(SearchIndexTest, RanksBestFirstThenNewestAndPages) {
    for (std::uint32_t i = 1; i <= 30; ++i) feed_.put(i, i == 7 ? "tea tea tea" : "tea with anna");
    ports::IndexQuery query;
    query.text = "tea";
    query.limit = 3;
    const auto first = ask(query);
    EXPECT_EQ(numbers_of(first), (Numbers{7, 30, 29}));
    EXPECT_EQ(first.total, 30);
    query.offset = 28;
    EXPECT_EQ(numbers_of(ask(query)), (Numbers{2, 1}));
    query.offset = 100;
    EXPECT_TRUE(ask(query).hits.empty());
    query.offset = -5;
    query.limit = -1;
    EXPECT_TRUE(ask(query).hits.empty());
    EXPECT_EQ(ask(query).total, 30);
    for (std::size_t i = 0; i < first.hits.size(); ++i) {
        EXPECT_GT(first.hits[i].score, 0);
        EXPECT_LE(first.hits[i].score, i == 0 ? 1 : first.hits[i - 1].score);
    }
}

TEST_F(SearchIndexTest, FollowsTheFeed) {
    feed_.put(1, "red apple");
    EXPECT_EQ(found("apple"), (Numbers{1}));
    feed_.put(1, "green pear");
    feed_.put(2, "green apple");
    EXPECT_EQ(found("apple"), (Numbers{2}));
    EXPECT_EQ(found("green"), (Numbers{1, 2}));
    feed_.remove(2);
    feed_.remove(99);
    EXPECT_EQ(found("apple"), Numbers{});
    const int reads = feed_.reads();
    EXPECT_EQ(found("pear"), (Numbers{1}));
    EXPECT_EQ(feed_.reads(), reads);
}

TEST_F(SearchIndexTest, SkipsChangesThatItKnows) {
    const auto feed = [](std::int64_t, const ports::SearchIndex::Apply& apply) {
        for (const std::int64_t revision : {1, 2, 2, 1}) {
            ports::IndexChange change;
            change.id = id_of(1);
            change.revision = revision;
            change.text = revision == 1 ? "old" : "new";
            apply(change);
        }
    };
    ports::IndexQuery query;
    query.text = "old new";
    const auto answer = index_->search(owner_, 1, 7, feed, query);
    EXPECT_EQ(answer.total, 1);
    query.text = "old";
    EXPECT_EQ(index_->search(owner_, 1, 7, [](auto, const auto&) { FAIL(); }, query).total, 0);
}

TEST_F(SearchIndexTest, StartsOverWithAnotherEpoch) {
    feed_.put(1, "before");
    EXPECT_EQ(found("before"), (Numbers{1}));
    FakeFeed restored;
    restored.put(2, "after");
    ports::IndexQuery query;
    query.text = "before after";
    EXPECT_EQ(numbers_of(index_->search(owner_, 2, 1, restored.feed(), query)), (Numbers{2}));
}

TEST_F(SearchIndexTest, KeepsWhatItHadWhenTheFeedFails) {
    const auto one_change = [](std::int64_t after, const ports::SearchIndex::Apply& apply) {
        ports::IndexChange change;
        change.id = id_of(7);
        change.revision = after + 1;
        change.text = after == 0 ? "one" : "two";
        apply(change);
    };
    std::int64_t asked_after = -1;
    const auto failing = [&](std::int64_t after, const ports::SearchIndex::Apply& apply) {
        asked_after = after;
        one_change(after, apply);
        throw base::Error(base::Code::kUnavailable, "The database is away.");
    };
    ports::IndexQuery query;
    query.text = "one";
    EXPECT_THROW(index_->search(owner_, 1, 1, failing, query), base::Error);
    EXPECT_EQ(index_->search(owner_, 1, 1, one_change, query).total, 1);
    EXPECT_THROW(index_->search(owner_, 1, 2, failing, query), base::Error);
    EXPECT_EQ(asked_after, 1);
    EXPECT_EQ(index_->search(owner_, 1, 1, {}, query).total, 1);
    EXPECT_EQ(index_->search(owner_, 1, 2, one_change, query).total, 0);
}

TEST_F(SearchIndexTest, TurnsSearchesAwayWhileAnIndexIsBuilt) {
    index_ = make_search_index({.waiters_max = 0});
    int turned_away = 0;
    const auto feed = [&](std::int64_t, const ports::SearchIndex::Apply&) {
        try {
            index_->search(owner_, 1, 0, {}, {});
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), base::Code::kUnavailable);
            EXPECT_EQ(error.retry_after, std::chrono::seconds(1));
            ++turned_away;
        }
        index_->search(id_of(2000), 1, 0, feed_.feed(), {});  // another owner need not care
    };
    index_->search(owner_, 1, 1, feed, {});
    EXPECT_EQ(turned_away, 1);
    EXPECT_NO_THROW(index_->search(owner_, 1, 2, feed_.feed(), {}));
}

TEST_F(SearchIndexTest, FiltersByEveryColumn) {
    for (std::uint32_t i = 1; i <= 8; ++i) {
        ports::IndexChange change;
        change.id = id_of(i);
        change.text = "tea";
        change.created_at = day(static_cast<int>(i));
        change.category = i % 2 == 0 ? "even" : "odd";
        change.source = i <= 4 ? "web" : "bot";
        change.marks = i % 3 == 0 ? std::vector<std::string>{"three", "any"} : std::vector<std::string>{"any"};
        feed_.put(change);
    }
    const auto with = [&](const std::function<void(ports::IndexQuery&)>& set) {
        ports::IndexQuery query;
        query.text = "tea";
        set(query);
        const auto answer = ask(query);
        EXPECT_EQ(answer.total, static_cast<std::int64_t>(answer.hits.size()));
        return numbers_of(answer);
    };
    EXPECT_EQ(with([](auto& query) { query.filter.category = "even"; }), (Numbers{8, 6, 4, 2}));
    EXPECT_EQ(with([](auto& query) { query.filter.source = "bot"; }), (Numbers{8, 7, 6, 5}));
    EXPECT_EQ(with([](auto& query) { query.filter.marks = {"any", "three"}; }), (Numbers{6, 3}));
    EXPECT_EQ(with([](auto& query) { query.filter.marks = {"any", "unknown"}; }), Numbers{});
    EXPECT_EQ(with([](auto& query) { query.filter.category = "unknown"; }), Numbers{});
    EXPECT_EQ(with([](auto& query) {
                  query.filter.from = day(3);
                  query.filter.to = day(5);
              }),
              (Numbers{4, 3}));
    EXPECT_EQ(with([](auto& query) {
                  query.filter.category = "odd";
                  query.filter.source = "web";
                  query.filter.marks = {"three"};
              }),
              (Numbers{3}));
}

TEST_F(SearchIndexTest, KeepsOwnersApart) {
    feed_.put(1, "mine");
    EXPECT_EQ(found("mine"), (Numbers{1}));
    owner_ = id_of(2000);
    FakeFeed other;
    ports::IndexQuery query;
    query.text = "mine";
    EXPECT_EQ(index_->search(owner_, 1, 0, other.feed(), query).total, 0);
}

TEST_F(SearchIndexTest, RebuildsAfterADropAndAfterEviction) {
    index_ = make_search_index({.bytes_max = 1});
    feed_.put(1, "apple");
    EXPECT_EQ(found("apple"), (Numbers{1}));
    EXPECT_EQ(found("apple"), (Numbers{1}));
    EXPECT_EQ(feed_.reads(), 1);
    index_->drop(owner_);
    EXPECT_EQ(found("apple"), (Numbers{1}));
    EXPECT_EQ(feed_.reads(), 2);
    const base::Uuid first = owner_;
    owner_ = id_of(2000);
    EXPECT_EQ(found("apple"), (Numbers{1}));
    owner_ = first;
    EXPECT_EQ(found("apple"), (Numbers{1}));
    EXPECT_EQ(feed_.reads(), 4);
    index_->drop(id_of(3000));
}

TEST_F(SearchIndexTest, BearsHostileQueriesAndTexts) {
    std::string letters, marks = "a", emoji, zeros;
    for (int i = 0; i < 500; ++i) {
        letters += std::string(1, static_cast<char>('a' + i % 26)) + ' ';
        marks += "\u0301";
        emoji += "👨‍👩‍👧";
        zeros += "\u200b";
    }
    const std::vector<std::string> texts = {letters, marks, emoji, zeros, std::string(100'000, 'x'), "\xc3\x28\xff"};
    for (std::uint32_t i = 0; i < texts.size(); ++i) feed_.put(i + 1, texts[i]);
    EXPECT_NO_THROW({
        for (const std::string& text : texts) ask(text);
    });
    EXPECT_EQ(found("a"), (Numbers{1, 2}));
    EXPECT_EQ(found(emoji), (Numbers{3}));
}

}  // namespace
}  // namespace engram::search
