#include "search/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "search/dot_products.hpp"
#include "search/vectors_fixture.hpp"

namespace engram::search {
namespace {

std::vector<float> random_unit(std::mt19937& random, std::size_t dims) {
    std::normal_distribution<float> normal;
    std::vector<float> vector(dims);
    float square = 0;
    for (float& value : vector) value = normal(random), square += value * value;
    for (float& value : vector) value /= std::sqrt(square);
    return vector;
}

float cosine(const std::vector<float>& left, const std::vector<float>& right) {
    float sum = 0;
    for (std::size_t i = 0; i < left.size(); ++i) sum += left[i] * right[i];
    return sum;
}

TEST(DotProducts, EveryKernelCountsTheSame) {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> byte(-127, 127);
    for (const std::size_t dims : {kDimsStep, 6 * kDimsStep, 13 * kDimsStep}) {
        std::vector<std::int8_t> vector(dims), rows(9 * dims);
        for (auto& value : vector) value = static_cast<std::int8_t>(byte(random));
        for (auto& value : rows) value = static_cast<std::int8_t>(byte(random));
        std::fill_n(rows.begin(), dims, std::int8_t{127});
        std::vector<std::int32_t> expected(9);
        for (std::size_t i = 0; i < rows.size(); ++i) expected[i / dims] += vector[i % dims] * rows[i];
        const DotKernels all = dot_kernels();
        ASSERT_GE(all.count, 1U);
        for (std::size_t i = 0; i < all.count; ++i) {
            std::vector<std::int32_t> got(9);
            all.kernels[i].run(vector.data(), rows.data(), dims, 9, got.data());
            EXPECT_EQ(got, expected) << all.kernels[i].name << " " << dims;
        }
    }
}

class VectorsTest : public ::testing::Test {
protected:
    void put(Doc doc, const std::vector<float>& vector) { vectors_.put(doc, std::span(&vector, 1)); }
    std::vector<float> compare(const std::vector<float>& query, const Vectors& vectors, std::size_t docs) const {
        std::vector<float> out(docs);
        vectors.compare(query, out);
        return out;
    }

    static constexpr std::size_t kDims = 100;
    std::mt19937 random_{3};
    std::pmr::memory_resource* memory_ = std::pmr::new_delete_resource();
    Vectors vectors_{memory_, kDims};
};

TEST_F(VectorsTest, TheMeanIsOfWhatEntriesHaveNow) {
    EXPECT_EQ(vectors_.mean(), std::vector<float>(kDims));
    std::vector<std::vector<float>> passages;
    for (int i = 0; i < 3; ++i) passages.push_back(random_unit(random_, kDims));
    put(0, passages[0]);
    put(1, random_unit(random_, kDims));
    vectors_.put(1, std::span(passages).subspan(1));
    vectors_.move(1, 3);
    put(2, random_unit(random_, kDims));
    vectors_.remove(2);
    Vectors copied(memory_, kDims);
    for (const Doc doc : {0U, 3U}) copied.copy(vectors_, doc, doc);
    for (std::size_t i = 0; i < kDims; ++i) {
        const float mean = (passages[0][i] + passages[1][i] + passages[2][i]) / 3;
        EXPECT_NEAR(vectors_.mean()[i], mean, 0.002F) << i;
        EXPECT_NEAR(copied.mean()[i], mean, 0.002F) << i;
    }
}

TEST_F(VectorsTest, CosinesInBytesAreCloseAndTheBestPassageCounts) {
    constexpr std::size_t kDocs = 1300;
    std::vector<std::vector<std::vector<float>>> all(kDocs);
    for (Doc doc = 0; doc < kDocs; ++doc) {
        for (std::uint32_t i = 0; i < doc % 3; ++i) all[doc].push_back(random_unit(random_, kDims));
        vectors_.put(doc, all[doc]);
    }
    const std::vector<float> query = random_unit(random_, kDims);
    const std::vector<float> out = compare(query, vectors_, kDocs);
    for (Doc doc = 0; doc < kDocs; ++doc) {
        float best = Vectors::kNone;
        for (const auto& passage : all[doc]) best = std::max(best, cosine(query, passage));
        EXPECT_NEAR(out[doc], best, 0.005F) << doc;
    }
    EXPECT_EQ(vectors_.entry_count(), kDocs - (kDocs + 2) / 3);
}

TEST_F(VectorsTest, WhatIsPutMovedRemovedAndCopiedIsWhereItWasPut) {
    const std::vector<float> old = random_unit(random_, kDims), fresh = random_unit(random_, kDims);
    put(0, old);
    put(0, fresh);
    EXPECT_NEAR(compare(fresh, vectors_, 3)[0], 1, 0.005F);
    vectors_.move(0, 2);
    EXPECT_EQ(compare(fresh, vectors_, 3)[0], Vectors::kNone);
    EXPECT_NEAR(compare(fresh, vectors_, 3)[2], 1, 0.005F);
    EXPECT_EQ(vectors_.entry_count(), 1U);

    Vectors copy(memory_, kDims);
    copy.copy(vectors_, 2, 1);
    copy.copy(vectors_, 0, 0);
    EXPECT_NEAR(compare(fresh, copy, 3)[1], 1, 0.005F);
    EXPECT_EQ(copy.entry_count(), 1U);

    vectors_.remove(2);
    vectors_.remove(2);
    EXPECT_EQ(compare(fresh, vectors_, 3), (std::vector<float>(3, Vectors::kNone)));
    EXPECT_EQ(vectors_.entry_count(), 0U);
}

TEST_F(VectorsTest, WhatIsToldAgainTakesNoFurtherRow) {
    std::mt19937 random(4);
    Vectors vectors(std::pmr::new_delete_resource(), 64, 0);
    const std::vector<std::vector<float>> two{random_unit(random, 64), random_unit(random, 64)};
    vectors.put(3, two);
    vectors.put(3, two);
    EXPECT_EQ(vectors.graph_lag(), 2U) << "rows";
    vectors.put(3, std::span(two).first(1));
    EXPECT_EQ(vectors.graph_lag(), 3U);
    vectors.put(3, std::span(two).last(1));
    EXPECT_EQ(vectors.graph_lag(), 4U);
    vectors.put(4, std::span(two).last(1));
    EXPECT_EQ(vectors.graph_lag(), 5U) << "another entry has its own";
}

TEST_F(VectorsTest, AVectorOfZerosIsLikeNothing) {
    put(0, std::vector<float>(kDims));
    EXPECT_EQ(compare(random_unit(random_, kDims), vectors_, 1)[0], 0);
}

// More rows than are read: the nearest are found by a graph.
class ManyVectorsTest : public ::testing::Test {
protected:
    void put(Doc doc, std::size_t passages = 1) {
        std::vector<std::vector<float>> made;
        for (std::size_t i = 0; i < passages; ++i) made.push_back(topics_.next());
        vectors_.put(doc, made);
    }
    static void catch_up(Vectors& vectors) {
        while (vectors.graph_lag() > 0) vectors.grow(vectors.plan());
    }

    static std::vector<Doc> best(const std::vector<float>& cosines, std::size_t count) {
        std::vector<Doc> docs(cosines.size());
        std::iota(docs.begin(), docs.end(), Doc{0});
        const auto is_nearer = [&](Doc left, Doc right) {
            return cosines[left] != cosines[right] ? cosines[left] > cosines[right] : left < right;
        };
        std::partial_sort(docs.begin(), docs.begin() + static_cast<std::ptrdiff_t>(count), docs.end(), is_nearer);
        docs.resize(count);
        return docs;
    }

    // Over some queries: of the ten nearest, the share that is found.
    double recall(const Vectors& vectors, std::size_t docs) {
        constexpr std::size_t kQueries = 20, kBest = 10;
        std::vector<float> all(docs), near(docs);
        std::size_t found = 0;
        for (std::size_t i = 0; i < kQueries; ++i) {
            const std::vector<float> query = topics_.next();
            vectors.compare_all(query, all);
            vectors.compare(query, near);
            for (const Doc doc : best(all, kBest)) found += near[doc] == all[doc] ? 1 : 0;
            EXPECT_EQ(best(near, 1), best(all, 1)) << i;
        }
        return static_cast<double>(found) / (kQueries * kBest);
    }

    static constexpr std::size_t kDims = 64, kExactMax = 500;
    std::pmr::memory_resource* memory_ = std::pmr::new_delete_resource();
    Topics topics_{kDims, 5};
    Vectors vectors_{memory_, kDims, kExactMax};
};

TEST_F(ManyVectorsTest, UpToTheLimitAllAreReadAndThereIsNoGraph) {
    for (Doc doc = 0; doc < kExactMax; ++doc) put(doc);
    EXPECT_EQ(vectors_.graph_lag(), 0U);
    EXPECT_TRUE(vectors_.is_exact());
    put(kExactMax);
    EXPECT_EQ(vectors_.graph_lag(), kExactMax + 1);
    EXPECT_TRUE(vectors_.is_exact()) << "the graph is behind";
    while (vectors_.is_exact()) vectors_.grow(vectors_.plan());
    EXPECT_EQ(vectors_.graph_lag(), 1U);
}

TEST_F(ManyVectorsTest, TheNearestAreFoundAlsoAmongThoseThatTheGraphHasNotYet) {
    constexpr Doc kDocs = 4'000;
    for (Doc doc = 0; doc < kDocs; ++doc) put(doc);
    catch_up(vectors_);
    EXPECT_GE(recall(vectors_, kDocs), 0.95);
    for (Doc doc = kDocs; doc < kDocs + 300; ++doc) put(doc);
    EXPECT_EQ(vectors_.graph_lag(), 300U);
    EXPECT_GE(recall(vectors_, kDocs + 300), 0.95);
}

TEST_F(ManyVectorsTest, WhatIsPutAgainMovedRemovedAndCopiedIsFoundWhereItIs) {
    constexpr Doc kDocs = 2'500;
    for (Doc doc = 0; doc < kDocs; ++doc) put(doc, 1 + doc % 2);
    catch_up(vectors_);
    for (Doc doc = 0; doc < kDocs; doc += 5) vectors_.remove(doc);
    for (Doc doc = 1; doc < kDocs; doc += 5) vectors_.move(doc, kDocs + doc / 5);
    for (Doc doc = 2; doc < kDocs; doc += 5) put(doc, 2);
    vectors_.remove(2);
    catch_up(vectors_);
    constexpr std::size_t kPlaces = kDocs + kDocs / 5;
    EXPECT_GE(recall(vectors_, kPlaces), 0.95);

    Vectors copy(memory_, kDims, kExactMax);
    for (Doc doc = 0; doc < kPlaces; ++doc) copy.copy(vectors_, doc, doc);
    EXPECT_TRUE(copy.is_exact());
    catch_up(copy);
    EXPECT_GE(recall(copy, kPlaces), 0.95);
    std::vector<float> near(kPlaces);
    copy.compare(topics_.next(), near);
    for (Doc doc = 0; doc < kDocs; doc += 5) {
        EXPECT_EQ(near[doc], Vectors::kNone) << "it is gone";
        EXPECT_EQ(near[doc + 1], Vectors::kNone) << "it has moved";
    }
}

TEST_F(ManyVectorsTest, ASampleTellsTheBackgroundOfAll) {
    constexpr Doc kDocs = 9'000;
    for (Doc doc = 0; doc < kDocs; ++doc)
        if (doc % 4 != 1) put(doc);
    std::vector<float> all(kDocs), near(kDocs);
    const std::vector<float> query = topics_.next();
    const Background exact = vectors_.compare_all(query, all);
    while (vectors_.is_exact()) vectors_.grow(vectors_.plan());
    const Background sampled = vectors_.compare(query, near);
    const double spread = std::sqrt(exact.variance);
    EXPECT_EQ(sampled.count, exact.count);
    EXPECT_NEAR(sampled.mean, exact.mean, 0.06 * spread);
    EXPECT_NEAR(std::sqrt(sampled.variance), spread, 0.06 * spread);
}

TEST_F(ManyVectorsTest, TheSampleIsSpreadEvenlyAndLooksAtSomeEntriesWhole) {
    const std::vector<Doc> docs = Vectors::sample(100'000);
    EXPECT_TRUE(std::is_sorted(docs.begin(), docs.end()));
    EXPECT_LT(docs.back(), 100'000U);
    EXPECT_NEAR(static_cast<double>(std::ranges::count_if(docs, [](Doc doc) { return doc % 2 == 0; })),
                static_cast<double>(docs.size()) / 2, 150);
    EXPECT_EQ(Vectors::sample(3), (std::vector<Doc>{0, 1, 2}));
    EXPECT_TRUE(Vectors::sample(0).empty());

    for (Doc doc = 0; doc < 10; ++doc) put(doc, 3);
    const std::vector<float> query = topics_.next();
    std::vector<float> all(10), some(10, Vectors::kNone);
    vectors_.compare_all(query, all);
    vectors_.compare_some(query, std::vector<Doc>{2, 7, 9}, some);
    for (Doc doc = 0; doc < 10; ++doc)
        EXPECT_EQ(some[doc], doc == 2 || doc == 7 || doc == 9 ? all[doc] : Vectors::kNone) << doc;
}

}  // namespace
}  // namespace engram::search
