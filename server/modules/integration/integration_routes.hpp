// The endpoints of imports.
#pragma once

#include <vector>

#include "http/route.hpp"
#include "modules/integration/integration.hpp"

namespace engram::integration {

// The service must outlive the endpoints.
std::vector<http::Endpoint> routes(ImportService& imports);

}  // namespace engram::integration
