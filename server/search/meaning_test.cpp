#include "search/meaning.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "search/index_fixture.hpp"
#include "search/vectors_fixture.hpp"

namespace engram::search {
namespace {

// Models that know the same entries twice: once all are read, once the nearest are found by a graph.
class MeaningTest : public ::testing::Test {
protected:
    MeaningTest() {
        for (Doc doc = 0; doc < kDocs; ++doc) {
            documents_.add({.row = {.id = id_of(doc)}, .created_at = day(static_cast<int>(doc)), .words = {}});
            put("one", doc, one_.next());
            put("two", doc, two_.next());
        }
        while (Vectors* const lagging = many_.find_lagging()) lagging->grow(lagging->plan());
    }

    void put(const std::string& model, Doc doc, const std::vector<float>& vector) {
        for (ModelVectors* vectors : {&few_, &many_}) vectors->put(model, doc, std::span(&vector, 1));
    }

    // The twenty nearest have the scores that they have where all are read.
    void expect_alike(const std::vector<ports::IndexMeaning::Asked>& asked) {
        std::vector<Doc> order(kDocs);
        std::iota(order.begin(), order.end(), Doc{0});
        const Conversations all(documents_, order);
        const std::vector<float> exact = standard_scores(few_, all, asked);
        const std::vector<float> near = standard_scores(many_, all, asked);
        ASSERT_EQ(near.size(), exact.size());
        std::partial_sort(order.begin(), order.begin() + 20, order.end(),
                          [&](Doc left, Doc right) { return exact[left] > exact[right]; });
        for (std::size_t i = 0; i < 20; ++i) EXPECT_NEAR(near[order[i]], exact[order[i]], 0.2F) << i;
        EXPECT_EQ(std::ranges::max_element(near) - near.begin(), std::ptrdiff_t{order[0]});
    }

    static constexpr Doc kDocs = 6'000;
    std::pmr::memory_resource* memory_ = std::pmr::new_delete_resource();
    Documents documents_{memory_};
    ModelVectors few_{memory_}, many_{memory_, kDocs / 2};
    Topics one_{64, 21}, two_{64, 22};
};

TEST_F(MeaningTest, ScoresAreTheSameWhereTheNearestAreFoundByAGraph) {
    expect_alike({{"one", one_.next()}});
    for (int i = 0; i < 5; ++i) expect_alike({{"one", one_.next()}, {"two", two_.next()}});
    put("new", 7, two_.next());  // it reads all, so the other does
    expect_alike({{"one", one_.next()}, {"new", two_.next()}});
}

// Entries in one plane, each apart from any conversation.
class FewMeaningsTest : public ::testing::Test {
protected:
    void add(float x, float y, Language language = language_of("en")) {
        const auto doc = static_cast<Doc>(order_.size());
        documents_.add({.row = {.id = id_of(doc), .language = language, .conversation = kNoConversation},
                        .created_at = day(static_cast<int>(doc)),
                        .words = {}});
        const std::vector<float> vector{x, y};
        vectors_.put("model", doc, std::span(&vector, 1));
        order_.push_back(doc);
    }

    std::vector<float> scores(std::vector<float> asked, const std::string& language) const {
        return standard_scores(vectors_, Conversations(documents_, order_),
                               std::vector<ports::IndexMeaning::Asked>{{"model", std::move(asked), language}});
    }

    std::pmr::memory_resource* memory_ = std::pmr::new_delete_resource();
    Documents documents_{memory_};
    ModelVectors vectors_{memory_};
    std::vector<Doc> order_;
};

TEST_F(FewMeaningsTest, WhatIsNearToAllCountsForLess) {
    for (int i = 0; i < 8; ++i) add(1, 0);
    add(0.8F, 0.6F);  // a little nearer to what is asked than the next, and much nearer to the others
    add(0.28F, 0.96F);
    for (const char* language : {"en", ""}) {
        const std::vector<float> found = scores({0.6F, 0.8F}, language);
        EXPECT_GT(found[9], found[8] + 0.1F) << language;
    }
}

TEST_F(FewMeaningsTest, WhatIsToldInTheLanguageOfTheQueryIsNoNearerForIt) {
    for (int i = 0; i < 100; ++i) add(0.8F, i % 2 == 0 ? 0.6F : -0.6F);
    for (int i = 0; i < 100; ++i) add(0.6F, i % 2 == 0 ? 0.8F : -0.8F, language_of("de"));
    add(0.96F, 0.28F, language_of("de"));
    const std::vector<float> found = scores({1, 0}, "");
    EXPECT_NEAR(found[0], found[100], 0.4F * (scores({1, 0}, "en")[0] - scores({1, 0}, "en")[100]));
    EXPECT_EQ(std::ranges::max_element(found) - found.begin(), 200);
}

TEST_F(FewMeaningsTest, ALanguageOfFewEntriesIsHardlyMoved) {
    for (int i = 0; i < 30; ++i) add(0.8F, i % 2 == 0 ? 0.6F : -0.6F);
    add(0.6F, 0.8F, language_of("de"));
    const std::vector<float> found = scores({1, 0}, "");
    EXPECT_GT(found[0], found[30] + 1);
}

}  // namespace
}  // namespace engram::search
