#include "http/descriptors.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

namespace engram::http {

std::size_t raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<std::size_t>::max();
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (limit.rlim_cur < limit.rlim_max && ::setrlimit(RLIMIT_NOFILE, &raised) == 0) return raised.rlim_cur;
    return limit.rlim_cur;
}

std::size_t connections_within(std::size_t wanted, std::size_t descriptors_max) {
    constexpr std::size_t kOthers = 128;
    const std::size_t room = descriptors_max > kOthers ? descriptors_max - kOthers : 1;
    return std::min(wanted, room);
}

}  // namespace engram::http
