#include "http/entity_tag.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace engram::http {

// A tag may hold a comma: each is read from quote to quote.
std::optional<std::vector<std::string>> parse_entity_tags(std::string_view header) {
    std::vector<std::string> tags;
    for (std::string_view rest = base::trim(header);;) {
        const bool weak = rest.starts_with("W/");
        if (weak) rest.remove_prefix(2);
        const std::size_t end = rest.starts_with('"') ? rest.find('"', 1) : std::string_view::npos;
        if (end == std::string_view::npos) return std::nullopt;
        if (!weak) tags.emplace_back(rest.substr(1, end - 1));
        rest = base::trim(rest.substr(end + 1));
        if (rest.empty()) return tags;
        if (!rest.starts_with(',')) return std::nullopt;
        rest = base::trim(rest.substr(1));
    }
}

bool is_any_tag(std::string_view header) { return base::trim(header) == "*"; }

}  // namespace engram::http
