// The OpenAPI 3.1 document of a list of endpoints. The same endpoints give the same text, byte for byte.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "http/route.hpp"

namespace engram::http {

struct OpenApiInfo {
    std::string title = {}, version = {}, description = {};
    std::string server_url = "/api/v1";  // of routes without `root`
};

// A status that something in front of a handler, or the handler itself, may answer with a problem document.
struct StatusDoc {
    int status;
    std::string description;
};
using StatusesOf = std::function<std::vector<StatusDoc>(const Route&)>;

// Paths in order of their text, schemas by name; 2 spaces of indent and a line feed at the end.
// Throws kInternal where two endpoints or two structs have one name.
std::string openapi_document(const OpenApiInfo& info, std::span<const Endpoint> endpoints,
                             const StatusesOf& statuses = {});

}  // namespace engram::http
