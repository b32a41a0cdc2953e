// The machine's clock and random generator.
#pragma once

#include "ports/clock.hpp"
#include "ports/random.hpp"

namespace engram::system {

class SystemClock final : public ports::Clock {
public:
    base::Time now() const override;
    std::chrono::steady_clock::time_point steady_now() const override;
};

class SystemRandom final : public ports::Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace engram::system
