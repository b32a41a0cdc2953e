#include "bench/made_up_vectors.hpp"

#include <cmath>
#include <numeric>

namespace engram::bench {
namespace {

using Vector = MadeUpVectors::Vector;

constexpr std::size_t kTopics = 2'000, kDirections = 48;

void add(Vector& to, const Vector& vector, float factor) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * vector[i];
}

void make_unit(Vector& vector) {
    const float square = std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0F);
    for (float& value : vector) value /= std::sqrt(square);
}

}  // namespace

MadeUpVectors::MadeUpVectors() {
    common_ = noise(1);
    for (std::size_t i = 0; i < kTopics; ++i) topics_.push_back(noise(0.4F));
    for (std::size_t i = 0; i < kDirections; ++i) directions_.push_back(noise(0.4F / std::sqrt(kDirections)));
}

Vector MadeUpVectors::next() {
    Vector vector = noise(0.1F);
    add(vector, common_, 1);
    add(vector, topics_[random_() % kTopics], 1);
    for (const Vector& direction : directions_) add(vector, direction, normal_(random_));
    make_unit(vector);
    return vector;
}

Vector MadeUpVectors::noise(float length) {
    Vector vector(kDims);
    for (float& value : vector) value = normal_(random_) * length / std::sqrt(float{kDims});
    return vector;
}

}  // namespace engram::bench
