// Resident memory of this process, after what is free was given back.
#pragma once

#include <malloc.h>

#include <fstream>

namespace engram::bench {

inline double resident_mb() {
    ::malloc_trim(0);
    std::ifstream statm("/proc/self/statm");
    long pages = 0, resident = 0;
    statm >> pages >> resident;
    return static_cast<double>(resident) * 4096 / 1e6;
}

}  // namespace engram::bench
