// CPU that this process has used, all threads together.
#pragma once

#include <ctime>

namespace engram::bench {

inline double cpu_us() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

}  // namespace engram::bench
