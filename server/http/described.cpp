#include "http/described.hpp"

namespace engram::http {

std::string short_type_name(std::string_view pretty) {
    // gcc: "... type_name() [with T = a::B; std::string = ...]", clang: "... type_name() [T = a::B]"
    const auto begin = pretty.find("T = ") + 4;
    const std::string_view full = pretty.substr(begin, pretty.find_first_of(";]", begin) - begin);
    std::string name;
    for (std::size_t at = 0; at < full.size();) {
        const auto end = std::min(full.find("::", at), full.size());
        const std::string_view word = full.substr(at, end - at);
        if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') name += word;
        at = end + 2;
    }
    return name;
}

}  // namespace engram::http
