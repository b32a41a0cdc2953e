// Whatever a header holds, the tags that are read stand in it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/entity_tag.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view header(reinterpret_cast<const char*>(data), size);
    const auto tags = engram::http::parse_entity_tags(header);
    if (!tags) return 0;
    for (const auto& tag : *tags)
        if (header.find('"' + tag + '"') == std::string_view::npos) std::abort();
    if (engram::http::is_any_tag(header)) std::abort();
    return 0;
}
