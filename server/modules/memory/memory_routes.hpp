// The endpoints of the memory module.
#pragma once

#include <vector>

#include "http/route.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// `memories` must outlive the endpoints.
std::vector<http::Endpoint> routes(MemoryService& memories);

}  // namespace engram::memory
