// How long a failed job waits.
#pragma once

#include <chrono>

#include "ports/random.hpp"

namespace engram::jobs {

// After that many attempts: 1 s doubled each time, up to an hour, of which a random half is taken off, so that what
// failed together does not come back together.
std::chrono::milliseconds backoff(std::int64_t attempts, ports::Random& random);

}  // namespace engram::jobs
