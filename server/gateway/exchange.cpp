#include "gateway/exchange.hpp"

namespace engram::gateway {

void Middleware::document(const http::Route&, std::vector<http::StatusDoc>&) const {}

}  // namespace engram::gateway
