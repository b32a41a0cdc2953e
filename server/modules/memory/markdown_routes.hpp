// The endpoints of the Markdown files.
#pragma once

#include <vector>

#include "http/route.hpp"
#include "modules/memory/markdown_files.hpp"
#include "modules/user/user.hpp"

namespace engram::memory {

// What is handed over must outlive the endpoints.
std::vector<http::Endpoint> markdown_routes(MarkdownFiles& files, user::UserService& users);

}  // namespace engram::memory
