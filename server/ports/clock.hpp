// The clock. Adapters: adapters/system; testing/fake_clock.hpp is its twin for tests.
#pragma once

#include <chrono>

#include "base/time.hpp"

namespace engram::ports {

class Clock {
public:
    virtual ~Clock() = default;

    // Wall time; may step backwards. Any thread.
    virtual base::Time now() const = 0;

    // For durations and time-outs; never steps backwards. Any thread.
    virtual std::chrono::steady_clock::time_point steady_now() const = 0;
};

}  // namespace engram::ports
