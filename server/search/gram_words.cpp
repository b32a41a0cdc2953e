#include "search/gram_words.hpp"

#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr unsigned char kLeadMin = 0xe0;  // no character of such a script begins with a byte below

// Thai, Lao, Burmese and Khmer; their digits stay numbers.
bool is_southeast_asian(UChar32 c) {
    return ((c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) || (c >= 0x1780 && c <= 0x17ff)) &&
           digit_value(c) < 0;
}

bool is_gram_script(UChar32 c) {
    if (c < 0x0e00) return false;
    if (c >= 0x3041 && c <= 0x9fff)
        return c <= 0x31ff ? c != 0x30fb && c != 0x30a0 : c >= 0x3400 && (c < 0x4dc0 || c > 0x4dff);
    return is_southeast_asian(c) || (c >= 0x1100 && c <= 0x11ff) || (c >= 0x2e80 && c <= 0x2fdf) ||
           (c >= 0x3005 && c <= 0x3007) || (c >= 0xa960 && c <= 0xa97f) || (c >= 0xac00 && c <= 0xd7ff) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff66 && c <= 0xffdc) || (c >= 0x1b000 && c <= 0x1b2ff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

// Belongs to the character before it: marks, the vowels and last consonants of Hangul in parts, the marks of half-width
// kana, Thai and Lao am, and what cannot be seen.
bool is_attached(UChar32 c) {
    if (c < 0xad) return false;
    if (c >= 0x3041 && c <= 0xd7a3) return c == 0x3099 || c == 0x309a || c == 0x3164;
    return (c >= 0x1160 && c <= 0x11ff) || c == 0xff9e || c == 0xff9f || c == 0x0e33 || c == 0x0eb3 ||
           (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || is_invisible(c);
}

// Lead bytes of U+4000 to U+CFFF, which are Han and Hangul for the most part.
bool may_be_attached(char c) {
    const auto lead = static_cast<unsigned char>(c);
    return lead >= 0x80 && (lead < 0xe4 || lead > 0xec);
}

// The end of the character of such a script that begins here; `at` where none does.
std::size_t find_character_end(std::string_view text, std::size_t at, std::size_t end) {
    if (at == end) return at;
    std::size_t next = at;
    if (!is_gram_script(next_character(text, end, next))) return at;
    while (next < end && may_be_attached(text[next])) {
        std::size_t last = next;
        if (!is_attached(next_character(text, end, last))) break;
        next = last;
    }
    return next;
}

void append_token(std::size_t begin, std::size_t end, TokenKind kind, std::vector<Token>& out) {
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), kind});
}

}  // namespace

std::size_t find_grams(std::string_view text, std::size_t begin, std::size_t end) {
    while (begin < end) {
        std::size_t next = begin;
        if (static_cast<unsigned char>(text[begin]) < kLeadMin) {
            ++begin;
            continue;
        }
        if (is_gram_script(next_character(text, end, next))) return begin;
        begin = next;
    }
    return end;
}

std::size_t append_grams(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    std::size_t middle = find_character_end(text, begin, end);
    std::size_t last = find_character_end(text, middle, end);
    if (begin == middle) return begin;
    if (middle == last) {
        append_token(begin, middle, TokenKind::kGram, out);
        return middle;
    }
    append_token(begin, middle, TokenKind::kSingle, out);
    for (; middle < last; begin = middle, middle = last, last = find_character_end(text, middle, end)) {
        append_token(begin, last, TokenKind::kGram, out);
        append_token(middle, last, TokenKind::kSingle, out);
    }
    return middle;
}

}  // namespace engram::search
