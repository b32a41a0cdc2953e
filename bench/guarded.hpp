// The end of a bench that fails: why, on standard error.
#pragma once

#include <cstdio>
#include <exception>

#include "base/error.hpp"

namespace engram::bench {

// What `run` gives, or 1 where it throws.
template <class Run>
int guarded(const char* program, const Run& run) {
    try {
        return run();
    } catch (const base::Error& error) {
        std::fprintf(stderr, "%s: %s %s\n", program, error.safe().c_str(), error.detail().c_str());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", program, error.what());
    }
    return 1;
}

}  // namespace engram::bench
