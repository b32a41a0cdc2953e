// Randomness fit for keys and ids. Adapters: adapters/system; testing/fake_random.hpp is its seeded twin.
#pragma once

#include <cstdint>
#include <span>

namespace engram::ports {

class Random {
public:
    virtual ~Random() = default;

    // Fills `out`. Any thread.
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace engram::ports
