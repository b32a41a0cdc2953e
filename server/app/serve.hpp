// `engram serve`.
#pragma once

#include "app/config.hpp"

namespace engram::app {

// Serves until SIGINT or SIGTERM, finishes what it began, and returns the exit code. Call before any thread starts:
// it blocks those signals.
int serve(const Config& config);

}  // namespace engram::app
