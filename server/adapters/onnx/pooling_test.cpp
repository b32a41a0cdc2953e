#include "adapters/onnx/pooling.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.hpp"

namespace engram::onnx {
namespace {

TEST(Pooling, IsTheMeanOfLengthOne) {
    const std::vector<float> rows{1, 0, 5, 8};
    EXPECT_EQ(pool(rows, 2), (std::vector<float>{0.6F, 0.8F}));
    EXPECT_EQ(pool(rows, 1), std::vector<float>{1});
}

TEST(Pooling, RefusesWhatMakesNoSense) {
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN(), kInfinity = std::numeric_limits<float>::infinity();
    for (const std::vector<float>& rows :
         {std::vector<float>{}, {0, 0}, {1, kNan}, {kInfinity, 1}, {-kInfinity, kInfinity}, {1, 2, 3}})
        EXPECT_THROW(pool(rows, 2), base::Error);
    EXPECT_THROW(pool({}, 0), base::Error);
}

}  // namespace
}  // namespace engram::onnx
