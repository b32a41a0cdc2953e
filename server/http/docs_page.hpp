// The page at /docs: the OpenAPI document for people. Self-contained; works without any network but this server.
#pragma once

#include <string>

namespace engram::http {

// HTML that fetches ./openapi.json and shows it. Its script and style stand inline.
std::string docs_html();

}  // namespace engram::http
