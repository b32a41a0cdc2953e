// What the ai module answers.
#pragma once

#include <vector>

#include "http/route.hpp"
#include "ports/embedder.hpp"

namespace engram::ai {

// With the main one of `embedders`, if any; they must outlive the endpoints.
std::vector<http::Endpoint> routes(const std::vector<ports::Embedder*>& embedders);

}  // namespace engram::ai
