#include "gateway/bearer_token.hpp"

#include "base/text.hpp"

namespace engram::gateway {

std::optional<std::string_view> bearer_token(const http::Request& request) {
    const auto header = request.headers.find("Authorization");
    if (!header || header->size() < 8 || base::to_lower_ascii(header->substr(0, 7)) != "bearer ") return std::nullopt;
    return base::trim(header->substr(7));
}

}  // namespace engram::gateway
