#include "ports/http_client.hpp"

#include <algorithm>

namespace engram::ports {

std::optional<std::string_view> IncomingAnswer::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, &HttpHeader::name);
    if (found == headers.end()) return std::nullopt;
    return found->value;
}

}  // namespace engram::ports
