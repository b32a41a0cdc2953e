#include "search/chance.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace engram::search {
namespace {

// Entries of which nine in ten have nothing to do with the query.
std::vector<float> scores_with(std::initializer_list<float> good) {
    std::vector<float> scores(100, 0.1F);
    scores.insert(scores.end(), good);
    return scores;
}

TEST(Chance, OfOneThatStandsOutIsHigherThanOfOneAmongMany) {
    const float alone = Chance(scores_with({1.6F})).of(1.6F);
    const float among_many = Chance(scores_with({1.6F, 1.6F, 1.6F, 1.6F, 1.6F, 1.6F, 1.6F, 1.6F})).of(1.6F);
    EXPECT_GT(alone, 0.9F);
    EXPECT_LT(among_many, 0.5F);
    EXPECT_GT(Chance(std::vector<float>(20, 2.2F)).of(2.2F), 0.8F) << "many may be good answers";
}

TEST(Chance, OfManyThatAHintRaisesIsLow) {
    const std::vector<float> scores(20, 2.2F);
    EXPECT_LT(Chance(scores, 1.2F).of(2.2F), 0.3F);
    const std::vector<float> few = scores_with({1.4F, 0.6F});
    EXPECT_EQ(Chance(few, 1.2F).of(1.4F), Chance(few).of(1.4F)) << "where few are raised";
}

TEST(Chance, IsLowWhereNothingComesNear) {
    const Chance chance(scores_with({0.6F, 0.6F, 0.55F, 0.5F}));
    EXPECT_LT(chance.of(0.6F), 0.25F);
    EXPECT_LT(chance.of(0.1F), 0.02F);
}

TEST(Chance, RisesWithTheScore) {
    const Chance chance(scores_with({0.5F, 1.0F, 2.0F}));
    EXPECT_LT(chance.of(0.5F), chance.of(1.0F));
    EXPECT_LT(chance.of(1.0F), chance.of(2.0F));
}

TEST(Chance, OfFewEntriesIsThatOfAsManyWithoutAScore) {
    std::vector<float> more(50, 0);
    more.push_back(1.2F);
    EXPECT_EQ(Chance(std::vector<float>{1.2F}).of(1.2F), Chance(more).of(1.2F));
}

}  // namespace
}  // namespace engram::search
