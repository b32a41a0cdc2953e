#include "search/fold.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/error.hpp"
#include "base/text.hpp"
#include "search/characters.hpp"
#include "search/numbers.hpp"
#include "search/plain_script.hpp"

namespace engram::search {
namespace {

const UNormalizer2* checked(const UNormalizer2* normalizer, UErrorCode code) {
    if (U_FAILURE(code)) throw base::Error(base::Code::kInternal, "Search failed.", u_errorName(code));
    return normalizer;
}

const UNormalizer2* case_folder() {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFKCCasefoldInstance(&code);
    return checked(normalizer, code);
}

const UNormalizer2* decomposer() {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFKDInstance(&code);
    return checked(normalizer, code);
}

// What NFKC would leave or part: apostrophes, digits and their marks in other scripts, Hebrew geresh and gershayim.
UChar32 plain_character(UChar32 c) {
    if (c < 0x80) return c == '`' ? '\'' : c;
    if (is_apostrophe(c) || c == 0x05f3) return '\'';
    if (c == 0x05f4) return '"';
    if (c == 0x066b) return '.';
    if (c == 0x066c) return ',';
    const int digit = digit_value(c);
    return digit < 0 ? c : '0' + digit;
}

std::u16string to_plain_utf16(std::string_view text) {
    std::u16string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        append_utf16(out, plain_character(next_character(text, text.size(), at)));
    return out;
}

std::u16string normalize(const UNormalizer2* normalizer, const std::u16string& text) {
    std::u16string out(text.size() * 2 + 16, u'\0');
    for (int attempt = 0; attempt < 2; ++attempt) {
        UErrorCode code = U_ZERO_ERROR;
        const auto length = unorm2_normalize(normalizer, text.data(), static_cast<std::int32_t>(text.size()),
                                             out.data(), static_cast<std::int32_t>(out.size()), &code);
        out.resize(static_cast<std::size_t>(std::max(length, 0)));
        if (U_SUCCESS(code)) return out;
    }
    return text;
}

// Marks that are written over letters, not letters of their own.
bool is_accent(UChar32 c) {
    return (c >= 0x0300 && c <= 0x036f) || (c >= 0x0591 && c <= 0x05c7) || (c >= 0x0610 && c <= 0x061a) ||
           (c >= 0x064b && c <= 0x065f) || c == 0x0670 || (c >= 0x1ab0 && c <= 0x1aff) ||
           (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe2f);
}

// Letters that NFKD leaves whole although people type them plain.
std::string_view plain_letter(UChar32 c) {
    switch (c) {
        case 0x00df:
            return "ss";
        case 0x00e6:
            return "ae";
        case 0x00f0:
        case 0x0111:
            return "d";
        case 0x00f8:
            return "o";
        case 0x00fe:
            return "th";
        case 0x0127:
            return "h";
        case 0x0131:
            return "i";
        case 0x0142:
            return "l";
        case 0x0153:
            return "oe";
        case 0x0167:
            return "t";
        case 0x0451:
            return "\u0435";
        default:
            return {};
    }
}

// Accents tell letters apart in Cyrillic, voiced kana and Hangul; there NFKD would join what is different.
bool keeps_accents(UChar32 c) {
    return (c >= 0x0400 && c <= 0x052f) || (c >= 0x3040 && c <= 0x30ff) || (c >= 0x1100 && c <= 0x11ff) ||
           (c >= 0xac00 && c <= 0xd7ff);
}

bool is_devanagari(UChar32 c) { return c >= 0x0900 && c <= 0x097f; }

void append_folded(std::string& out, UChar32 c) {
    if (is_accent(c) || c == '"') return;
    if (const auto plain = plain_letter(c); !plain.empty()) return void(out.append(plain));
    if (is_devanagari(c)) c = shorten_vowel(c);
    if (c == 0) return;
    if (c < 0x80 || keeps_accents(c) || is_devanagari(c)) return append_utf8(out, c);
    std::array<char16_t, 32> parts{};
    UErrorCode code = U_ZERO_ERROR;
    const auto length =
        unorm2_getDecomposition(decomposer(), c, parts.data(), static_cast<std::int32_t>(parts.size()), &code);
    if (U_FAILURE(code) || length <= 0) return append_utf8(out, c);
    for (std::int32_t at = 0; at < length;) {
        UChar32 part = 0;
        U16_NEXT(parts.data(), at, length, part);
        if (!is_accent(part)) append_utf8(out, part);
    }
}

bool is_between_digits(std::string_view word, std::size_t at) {
    return at > 0 && at + 1 < word.size() && is_digit(word[at - 1]) && is_digit(word[at + 1]);
}

std::string drop_unless_in_number(std::string word, char mark) {
    if (word.find(mark) == std::string::npos) return word;
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (word[i] != mark || is_between_digits(word, i)) out.push_back(word[i]);
    return out;
}

std::string lower_by_icu(std::string_view word) {
    std::string out;
    const std::u16string folded = normalize(case_folder(), to_plain_utf16(word));
    const auto size = static_cast<std::int32_t>(folded.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U16_NEXT(folded.data(), at, size, c);
        const bool dot_of_turkish_i = c == 0x0307 && !out.empty() && out.back() == 'i';
        if (!dot_of_turkish_i && !U_IS_SURROGATE(c)) append_utf8(out, c);
    }
    return out;
}

std::string lower_ascii_word(std::string_view word) {
    std::string out = base::to_lower_ascii(word);
    std::replace(out.begin(), out.end(), '`', '\'');
    return out;
}

}  // namespace

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string lower_word(std::string_view word) {
    std::string out = drop_unless_in_number(is_ascii(word) ? lower_ascii_word(word) : lower_by_icu(word), '.');
    spell_number_plainly(out);
    return out;
}

std::string fold_word(std::string_view lower) {
    if (is_ascii(lower)) return drop_unless_in_number(std::string(lower), '\'');
    std::string out;
    const std::string plain = spell_script_plainly(lower);
    for (std::size_t at = 0; at < plain.size();) append_folded(out, next_character(plain, plain.size(), at));
    return drop_unless_in_number(std::move(out), '\'');
}

}  // namespace engram::search
