// Vectors as tests make them up.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engram::search {

// Vectors of length 1 that gather around topics, and all lie in one half of space, as those of texts do. The same seed
// gives the same ones.
class Topics {
public:
    Topics(std::size_t dims, std::uint64_t seed) : chance_(seed), common_(any(dims)) {
        for (std::size_t i = 0; i < kTopics; ++i) topics_.push_back(any(dims));
    }

    std::vector<float> next() {
        const std::vector<float>& topic = topics_[draw() % kTopics];
        std::vector<float> vector = any(common_.size());
        for (std::size_t i = 0; i < vector.size(); ++i) vector[i] = 0.4F * vector[i] + common_[i] + 0.4F * topic[i];
        make_unit(vector);
        return vector;
    }

private:
    static constexpr std::size_t kTopics = 30;

    std::uint32_t draw() {
        chance_ = chance_ * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
        return static_cast<std::uint32_t>(chance_ >> 33);
    }

    // Sums of a few numbers between -1 and 1: nearly normal, so that no direction is preferred.
    std::vector<float> any(std::size_t dims) {
        std::vector<float> vector(dims);
        for (float& value : vector)
            for (int i = 0; i < 4; ++i) value += static_cast<float>(draw()) / float{1U << 30} - 1;
        make_unit(vector);
        return vector;
    }

    static void make_unit(std::vector<float>& vector) {
        float square = 0;
        for (const float value : vector) square += value * value;
        for (float& value : vector) value /= std::sqrt(square);
    }

    std::uint64_t chance_;
    std::vector<float> common_;
    std::vector<std::vector<float>> topics_;
};

}  // namespace engram::search
