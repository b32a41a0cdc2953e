#include "jobs/backoff.hpp"

#include <algorithm>
#include <array>

namespace engram::jobs {

std::chrono::milliseconds backoff(std::int64_t attempts, ports::Random& random) {
    constexpr std::int64_t kLongestMs = 3'600'000;
    const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 12);
    const std::int64_t whole_ms = std::min(kLongestMs, std::int64_t{1000} << doublings);
    std::array<std::uint8_t, 2> bytes{};
    random.fill(bytes);
    const std::int64_t share = bytes[0] * 256 + bytes[1];  // of 65536
    return std::chrono::milliseconds(whole_ms / 2 + whole_ms / 2 * share / 65536);
}

}  // namespace engram::jobs
