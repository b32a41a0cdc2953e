// Vectors like those of a small model of sentences: all in one corner, gathered around topics, and otherwise free in
// some dozens of directions. The same in each run.
#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace engram::bench {

class MadeUpVectors {
public:
    using Vector = std::vector<float>;
    static constexpr std::size_t kDims = 384;

    MadeUpVectors();
    Vector next();  // of length 1

private:
    Vector noise(float length);

    std::mt19937 random_{21};
    std::normal_distribution<float> normal_;
    Vector common_;
    std::vector<Vector> topics_, directions_;
};

}  // namespace engram::bench
