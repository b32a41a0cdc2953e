// Randomness fit for keys and ids. Adapters: adapters/system; testing/fake_random.hpp is its seeded twin.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/id.hpp"

namespace engram::ports {

class Random {
public:
    virtual ~Random() = default;

    // Fills `out`. Any thread.
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

// A new id of that time (RFC 9562, version 7).
inline base::Uuid new_uuid7(Random& random, base::Time now) {
    std::array<std::uint8_t, 10> bytes{};
    random.fill(bytes);
    return base::make_uuid7(now, bytes);
}

}  // namespace engram::ports
