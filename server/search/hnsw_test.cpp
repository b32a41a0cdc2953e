#include "search/hnsw.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "search/vectors.hpp"
#include "search/vectors_fixture.hpp"

namespace engram::search {
namespace {

class HnswTest : public ::testing::Test {
protected:
    void add_row(const std::vector<float>& vector) {
        const ByteVector bytes = to_bytes(vector);
        rows_.add({bytes.codes.data(), bytes.scale});
    }
    void add(const std::vector<float>& vector) {
        add_row(vector);
        graph_.insert(graph_.plan(rows_));
    }
    std::vector<Hnsw::Near> search(const std::vector<float>& vector, std::size_t count,
                                   const Hnsw::IsWanted& is_wanted = nullptr) const {
        const ByteVector bytes = to_bytes(vector);
        return graph_.search(rows_, {bytes.codes.data(), bytes.scale}, std::max<std::size_t>(count, 60), count,
                             is_wanted);
    }

    static constexpr std::size_t kDims = 64;
    std::pmr::memory_resource* memory_ = std::pmr::new_delete_resource();
    ByteRows rows_{memory_, kDims};
    Hnsw graph_{memory_};
    Topics topics_{kDims, 11};
};

TEST_F(HnswTest, NothingIsFoundInNothingAndOneRowIsFound) {
    const std::vector<float> vector = topics_.next();
    EXPECT_TRUE(search(vector, 5).empty());
    add(vector);
    const auto found = search(vector, 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].row, 0U);
    EXPECT_NEAR(found[0].likeness, 1, 0.01F);
    EXPECT_TRUE(search(vector, 5, [](Hnsw::Row) { return false; }).empty());
}

TEST_F(HnswTest, TheNearestComeFirstAndEachOnce) {
    for (int i = 0; i < 500; ++i) add(topics_.next());
    const auto found = search(topics_.next(), 30);
    ASSERT_EQ(found.size(), 30U);
    for (std::size_t i = 1; i < found.size(); ++i) EXPECT_GE(found[i - 1].likeness, found[i].likeness);
    std::vector<Hnsw::Row> rows;
    for (const auto& near : found) rows.push_back(near.row);
    std::sort(rows.begin(), rows.end());
    EXPECT_EQ(std::unique(rows.begin(), rows.end()), rows.end());
}

TEST_F(HnswTest, TheSameRowsMakeTheSameGraph) {
    Hnsw other(memory_);
    std::size_t layers_max = 0;
    for (int i = 0; i < 400; ++i) {
        add_row(topics_.next());
        const Hnsw::Plan one = graph_.plan(rows_), same = other.plan(rows_);
        layers_max = std::max(layers_max, one.layers);
        ASSERT_EQ(one.layers, same.layers);
        ASSERT_EQ(one.links.size(), same.links.size());
        for (std::size_t link = 0; link < one.links.size(); ++link) ASSERT_EQ(one.links[link].to, same.links[link].to);
        graph_.insert(one);
        other.insert(same);
    }
    EXPECT_GE(layers_max, 2U);
}

TEST_F(HnswTest, RowsThatAreAllAlikeCutNothingOff) {
    const std::vector<float> same = topics_.next(), rare = topics_.next();
    for (int i = 0; i < 150; ++i) add(same);
    add(rare);
    for (int i = 0; i < 150; ++i) add(same);
    EXPECT_EQ(search(rare, 1).at(0).row, 150U);
    EXPECT_NEAR(search(same, 1).at(0).likeness, 1, 0.01F);
}

TEST_F(HnswTest, RowsThatAreLeftOutAreNotFoundAndOthersKeepTheirNumbers) {
    const std::vector<float> left_out = topics_.next(), taken_in = topics_.next();
    add_row(left_out);
    graph_.insert({});
    add(taken_in);
    EXPECT_EQ(graph_.size(), 2U);
    const auto found = search(left_out, 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].row, 1U);
}

// What is not wanted is a way-point: the wanted are found behind it.
TEST_F(HnswTest, TheWantedAreFoundAmongManyThatAreNot) {
    for (int i = 0; i < 600; ++i) add(topics_.next());
    const auto is_wanted = [](Hnsw::Row row) { return row % 20 == 7; };
    const auto found = search(topics_.next(), 20, is_wanted);
    EXPECT_EQ(found.size(), 20U);
    EXPECT_TRUE(std::ranges::all_of(found, [&](const Hnsw::Near& near) { return is_wanted(near.row); }));
}

}  // namespace
}  // namespace engram::search
