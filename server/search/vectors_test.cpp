#include "search/vectors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "search/dot_products.hpp"

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

TEST_F(VectorsTest, AVectorOfZerosIsLikeNothing) {
    put(0, std::vector<float>(kDims));
    EXPECT_EQ(compare(random_unit(random_, kDims), vectors_, 1)[0], 0);
}

}  // namespace
}  // namespace engram::search
