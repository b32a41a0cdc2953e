#include "base/fold_text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "base/text.hpp"

namespace engram::base {
namespace {

std::string normalized(const icu::Normalizer2* by, std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    by->normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, status);
    return U_SUCCESS(status) ? out : std::string(text);
}

// U+0300 to U+036F are the bytes CC 80 to CD AF.
bool is_accent(char lead, char next) {
    return is_continuation(next) && (lead == '\xcc' || (lead == '\xcd' && next <= '\xaf'));
}

// Also the dotless i of Turkish, which is no accent to Unicode.
std::string without_accents(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char next = at + 1 < text.size() ? text[at + 1] : '\0';
        const bool dotless_i = text[at] == '\xc4' && next == '\xb1';
        if (dotless_i) out += 'i';
        if (dotless_i || is_accent(text[at], next))
            ++at;
        else
            out += text[at];
    }
    return out;
}

}  // namespace

std::string fold_text(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return to_lower_ascii(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* lower = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) return to_lower_ascii(text);
    return without_accents(normalized(apart, normalized(lower, text)));
}

}  // namespace engram::base
