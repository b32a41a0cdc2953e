#include "adapters/onnx/bert_characters.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <array>

#include "base/error.hpp"

namespace engram::onnx {
namespace {

constexpr std::uint8_t kUnicode = 8;  // the version by which the reference tells marks, punctuation and controls

bool is_newer(CodePoint c) {
    UVersionInfo age{};
    u_charAge(c, age);
    return age[0] > kUnicode;
}

bool is_ascii_punctuation(CodePoint c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool is_ideograph(CodePoint c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x2a6df) ||
           (c >= 0x2a700 && c <= 0x2b73f) || (c >= 0x2b740 && c <= 0x2b81f) || (c >= 0x2b920 && c <= 0x2ceaf) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x2f800 && c <= 0x2fa1f);
}

CharacterKind ascii_kind(CodePoint c) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return CharacterKind::kSpace;
    if (c < 0x20 || c == 0x7f) return CharacterKind::kControl;
    return is_ascii_punctuation(c) ? CharacterKind::kPunctuation : CharacterKind::kPart;
}

// Some have changed their category since.
CharacterKind old_kind(CodePoint c) {
    if (c == 0x166d || c == 0x111c9) return CharacterKind::kPunctuation;
    if (c == 0x1734) return CharacterKind::kMark;
    if (c == 0x1885 || c == 0x1886 || c == 0xa9bd) return CharacterKind::kPart;
    const std::uint32_t mask = U_GET_GC_MASK(c);
    if ((mask & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK | U_GC_CS_MASK)) != 0) return CharacterKind::kControl;
    if ((mask & U_GC_MN_MASK) != 0) return CharacterKind::kMark;
    return (mask & U_GC_P_MASK) != 0 ? CharacterKind::kPunctuation : CharacterKind::kPart;
}

const UNormalizer2* decomposer() {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFDInstance(&code);
    if (U_FAILURE(code)) throw base::Error(base::Code::kInternal, "The text cannot be read.", u_errorName(code));
    return normalizer;
}

}  // namespace

CharacterKind kind_of(CodePoint c) {
    if (c < 0x80) return ascii_kind(c);
    if (is_ideograph(c)) return CharacterKind::kIdeograph;
    if (c == 0x85 || c == 0xfffd) return CharacterKind::kControl;
    if (u_isUWhiteSpace(c)) return CharacterKind::kSpace;
    return is_newer(c) ? CharacterKind::kPart : old_kind(c);
}

CodePoint next_character(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, at, text.size(), c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
    return c;
}

void append_apart(CodePoint c, std::u32string& out) {
    std::array<char16_t, 32> parts{};
    UErrorCode code = U_ZERO_ERROR;
    const std::int32_t length =
        c < 0xc0 ? -1 : unorm2_getDecomposition(decomposer(), c, parts.data(), static_cast<int>(parts.size()), &code);
    if (U_FAILURE(code) || length <= 0) return out.push_back(static_cast<char32_t>(c));
    for (std::int32_t at = 0; at < length;) {
        UChar32 part = 0;
        U16_NEXT(parts.data(), at, length, part);
        out.push_back(static_cast<char32_t>(part));
    }
}

CodePoint to_lower(CodePoint c) { return u_tolower(c); }

void append_utf8(std::string& out, CodePoint c) {
    std::array<char, U8_MAX_LENGTH> bytes{};
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, c);
    out.append(bytes.data(), length);
}

}  // namespace engram::onnx
