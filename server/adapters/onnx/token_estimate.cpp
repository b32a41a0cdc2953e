#include "adapters/onnx/token_estimate.hpp"

namespace engram::onnx {
namespace {

// What the vocabulary has pieces of more than one character for.
bool is_latin(CodePoint c) { return c < 0x80 || (c >= 0xc0 && c < 0x250) || (c >= 0x1e00 && c <= 0x1eff); }

bool is_digit(CodePoint c) { return c >= '0' && c <= '9'; }

bool is_hangul_syllable(CodePoint c) { return c >= 0xac00 && c <= 0xd7a3; }

// A word of n letters has max(1, 0.46 n) tokens.
TokenCost letter_cost(std::size_t letters) {
    if (letters == 1) return kToken;
    if (letters == 2) return 0;
    return letters == 3 ? 38 : 46;
}

}  // namespace

TokenCost TokenEstimate::add(CodePoint c, CharacterKind kind) {
    if (kind == CharacterKind::kMark || kind == CharacterKind::kControl) return 0;
    if (kind == CharacterKind::kPart && is_latin(c)) return letter_cost(++letters_) + (is_digit(c) ? 15 : 0);
    letters_ = 0;
    if (kind == CharacterKind::kSpace) return 0;
    return is_hangul_syllable(c) ? 3 * kToken : kToken;  // it comes apart into letters
}

}  // namespace engram::onnx
