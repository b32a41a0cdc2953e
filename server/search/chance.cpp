#include "search/chance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace engram::search {
namespace {

constexpr float kScoreWeight = 6.0F, kCrowdWeight = 5.6F, kDoubt = 3.0F;

// Of so many of the best; where there are fewer, the others score 0. The best of them count most. Up to a limit, for
// what has many good answers: the collections have one or two to a question.
constexpr std::size_t kCrowdSize = 10;
constexpr float kCrowdSharpness = 2, kCrowdMax = 1.5F;

float crowd_of(std::span<const float> scores, float most) {
    std::array<float, kCrowdSize> best{};
    std::ranges::partial_sort_copy(scores, best, std::greater<>());
    float sum = 0;
    for (const float score : best) sum += std::exp(kCrowdSharpness * score);
    return std::min(most, std::log(sum / kCrowdSize) / kCrowdSharpness);
}

}  // namespace

Chance::Chance(std::span<const float> scores, float raised)
    : against_(kDoubt + kCrowdWeight * crowd_of(scores, kCrowdMax + raised)) {}

float Chance::of(float score) const { return 1 / (1 + std::exp(against_ - kScoreWeight * score)); }

}  // namespace engram::search
