#include "adapters/system/system_clock.hpp"

#include "base/crypto.hpp"

namespace engram::system {

base::Time SystemClock::now() const {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::steady_now() const { return std::chrono::steady_clock::now(); }

void SystemRandom::fill(std::span<std::uint8_t> out) { base::system_random(out); }

}  // namespace engram::system
