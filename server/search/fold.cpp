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

namespace engram::search {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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

std::u16string to_utf16(std::string_view text) {
    std::u16string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) append_utf16(out, next_character(text, text.size(), at));
    return out;
}

void append_utf8(std::string& out, UChar32 c) {
    std::array<std::uint8_t, 4> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, c);
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
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
        case 0x0131:
            return "i";
        case 0x0142:
            return "l";
        case 0x0153:
            return "oe";
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

void append_folded(std::string& out, UChar32 c) {
    if (c < 0x80 || keeps_accents(c)) {
        if (const auto plain = plain_letter(c); !plain.empty()) return void(out.append(plain));
        return append_utf8(out, c);
    }
    if (is_accent(c)) return;
    if (const auto plain = plain_letter(c); !plain.empty()) return void(out.append(plain));
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

void drop_abbreviation_dots(std::string& word) {
    if (word.find('.') == std::string::npos) return;
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool in_number = i > 0 && i + 1 < word.size() && is_digit(word[i - 1]) && is_digit(word[i + 1]);
        if (word[i] != '.' || in_number) out.push_back(word[i]);
    }
    word = std::move(out);
}

}  // namespace

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string lower_word(std::string_view word) {
    std::string out;
    if (is_ascii(word)) {
        out = base::to_lower_ascii(word);
    } else {
        const std::u16string folded = normalize(case_folder(), to_utf16(word));
        const auto size = static_cast<std::int32_t>(folded.size());
        for (std::int32_t at = 0; at < size;) {
            UChar32 c = 0;
            U16_NEXT(folded.data(), at, size, c);
            const bool dot_of_turkish_i = c == 0x0307 && !out.empty() && out.back() == 'i';
            if (!dot_of_turkish_i && !U_IS_SURROGATE(c)) append_utf8(out, c == 0x2019 ? '\'' : c);
        }
    }
    drop_abbreviation_dots(out);
    return out;
}

std::string fold_word(std::string_view lower) {
    if (is_ascii(lower)) return std::string(lower);
    std::string out;
    for (std::size_t at = 0; at < lower.size();) append_folded(out, next_character(lower, lower.size(), at));
    return out;
}

}  // namespace engram::search
