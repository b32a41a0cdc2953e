// Entity tags: which state of a resource a client has seen (RFC 9110 sections 8.8.3 and 13.1.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engram::http {

// The opaque parts of the strong tags of an If-Match header: `"5", W/"6"` is {5}, for a weak one never matches.
// Nothing where the header is no list of tags; "*", which matches anything, is none and asked for by is_any_tag().
std::optional<std::vector<std::string>> parse_entity_tags(std::string_view header);

bool is_any_tag(std::string_view header);

}  // namespace engram::http
