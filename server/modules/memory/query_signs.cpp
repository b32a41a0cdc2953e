#include "modules/memory/query_signs.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace engram::memory {
namespace {

constexpr std::array<std::string_view, 8> kSpaces{" ", "\t", "\n", "\r", "\v", "\f", "\u00a0", "\u3000"};
constexpr std::array<std::string_view, 2> kMinuses{"-", "\u2212"};
constexpr std::array<std::string_view, 2> kColons{":", "\uff1a"};

// People mix those of a family: „Brot" is as good as “bread”.
constexpr std::array<std::string_view, 6> kQuotes{"\"", "\u201c", "\u201d", "\u201e", "\u201f", "\uff02"};
constexpr std::array<std::string_view, 4> kAngleQuotes{"\u00ab", "\u00bb", "\u2039", "\u203a"};

template <std::size_t N>
std::size_t length_at(const std::array<std::string_view, N>& signs, std::string_view text) {
    for (const std::string_view sign : signs)
        if (text.starts_with(sign)) return sign.size();
    return 0;
}

}  // namespace

// Also U+2000 to U+200A, the spaces of typesetters.
std::size_t space_at(std::string_view text) {
    if (text.starts_with("\xe2\x80") && text.size() > 2 && base::is_continuation(text[2]) && text[2] <= '\x8a')
        return 3;
    return length_at(kSpaces, text);
}

std::size_t minus_at(std::string_view text) { return length_at(kMinuses, text); }
std::size_t colon_at(std::string_view text) { return length_at(kColons, text); }

std::size_t quote_at(std::string_view text, std::size_t family) {
    return family == 0 ? length_at(kQuotes, text) : length_at(kAngleQuotes, text);
}

bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool has_word(std::string_view text) { return std::ranges::any_of(text, is_word_byte); }

}  // namespace engram::memory
