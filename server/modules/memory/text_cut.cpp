#include "modules/memory/text_cut.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace engram::memory {
namespace {

constexpr std::size_t kClusterBytesMax = 64, kWordBytesMax = 24;
constexpr char32_t kJoiner = 0x200d;

// What joins the character before it: accents, signs of scripts that people here write most, variants, skin tones,
// tags.
constexpr std::array<std::pair<char32_t, char32_t>, 14> kExtenders{{{0x0300, 0x036f},
                                                                    {0x0483, 0x0489},
                                                                    {0x0591, 0x05bd},
                                                                    {0x064b, 0x065f},
                                                                    {0x093a, 0x094f},
                                                                    {0x0e31, 0x0e3a},
                                                                    {0x0e47, 0x0e4e},
                                                                    {0x1ab0, 0x1aff},
                                                                    {kJoiner, kJoiner},
                                                                    {0x20d0, 0x20ff},
                                                                    {0x3099, 0x309a},
                                                                    {0xfe00, 0xfe0f},
                                                                    {0x1f3fb, 0x1f3ff},
                                                                    {0xe0020, 0xe01ef}}};

std::size_t byte_start(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && base::is_continuation(text[at])) --at;
    return at;
}

char32_t character_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return lead;
    char32_t c = lead & (lead < 0xe0 ? 0x1fU : lead < 0xf0 ? 0x0fU : 0x07U);
    for (++at; at < text.size() && base::is_continuation(text[at]); ++at)
        c = c << 6 | (static_cast<unsigned char>(text[at]) & 0x3fU);
    return c;
}

char32_t character_before(std::string_view text, std::size_t at) {
    return character_at(text, byte_start(text, at - 1));
}

bool is_extender(char32_t c) {
    return std::ranges::any_of(kExtenders, [c](const auto& range) { return range.first <= c && c <= range.second; });
}

bool is_flag_letter(char32_t c) { return c >= 0x1f1e6 && c <= 0x1f1ff; }

// Two letters are a flag; the third begins the next one.
bool is_second_flag_letter(std::string_view text, std::size_t at) {
    if (!is_flag_letter(character_at(text, at))) return false;
    std::size_t before = 0;
    for (; at > 0 && is_flag_letter(character_before(text, at)); ++before) at = byte_start(text, at - 1);
    return before % 2 == 1;
}

}  // namespace

std::size_t character_start(std::string_view text, std::size_t at) {
    at = byte_start(text, at);
    const std::size_t begin = at;
    while (at > 0 && at < text.size() && begin - at < kClusterBytesMax) {
        if (!is_extender(character_at(text, at)) && character_before(text, at) != kJoiner &&
            !is_second_flag_letter(text, at))
            break;
        at = byte_start(text, at - 1);
    }
    return at;
}

std::size_t word_start(std::string_view text, std::size_t at) {
    at = character_start(text, at);
    for (std::size_t begin = at; begin > 0 && at - begin < kWordBytesMax; --begin)
        if (text[begin - 1] == ' ' || text[begin - 1] == '\n') return begin;
    return at;
}

}  // namespace engram::memory
