// The endpoints of imports, and of the export.
#pragma once

#include <vector>

#include "http/route.hpp"
#include "modules/integration/exporter.hpp"
#include "modules/integration/integration.hpp"

namespace engram::integration {

// What is handed over must outlive the endpoints.
std::vector<http::Endpoint> routes(ImportService& imports, const Exporter& exporter);

}  // namespace engram::integration
