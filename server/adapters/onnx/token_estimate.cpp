#include "adapters/onnx/token_estimate.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace engram::onnx {
namespace {

constexpr std::int32_t kAll = 1 << 16;
constexpr std::int32_t kMemory = 32;                 // words, about
constexpr std::int32_t kIsEnglish = kAll * 7 / 100;  // English itself has about 20 of 100

constexpr std::uint64_t packed(std::string_view word) {
    std::uint64_t number = 0;
    for (const char c : word) number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

// Frequent, and words of hardly any other language that is written in Latin letters.
constexpr auto kEnglishWords = [] {
    std::array words{packed("the"),  packed("and"),  packed("that"), packed("with"),  packed("you"),   packed("your"),
                     packed("this"), packed("are"),  packed("not"),  packed("they"),  packed("from"),  packed("she"),
                     packed("his"),  packed("what"), packed("when"), packed("there"), packed("would"), packed("were"),
                     packed("have"), packed("been"), packed("it"),   packed("be"),    packed("of"),    packed("will")};
    std::ranges::sort(words);
    return words;
}();

// What the vocabulary has pieces of more than one character for.
bool is_latin(CodePoint c) { return c < 0x80 || (c >= 0xc0 && c < 0x250) || (c >= 0x1e00 && c <= 0x1eff); }

bool is_digit(CodePoint c) { return c >= '0' && c <= '9'; }

bool is_hangul_syllable(CodePoint c) { return c >= 0xac00 && c <= 0xd7a3; }

}  // namespace

// A word has one token at least, else 0.29 a letter in English, 0.48 in other languages, 0.7 a digit.
TokenCost TokenEstimate::add_letter(CodePoint c) {
    const TokenCost each = is_digit(c) ? 70 : english_ >= kIsEnglish ? 29 : 48;
    word_ = word_ << 8 | static_cast<std::uint64_t>(c < 0x80 ? to_lower(c) : 0xff);
    ++letters_;
    if (letters_ == 1) return kToken;
    const TokenCost before = each * (letters_ - 1);
    return before >= kToken ? each : before + each > kToken ? before + each - kToken : 0;
}

void TokenEstimate::end_word() {
    if (letters_ == 0) return;
    const bool found = std::ranges::binary_search(kEnglishWords, word_);
    english_ += ((found ? kAll : 0) - english_) / kMemory;
    letters_ = 0;
    word_ = 0;
}

TokenCost TokenEstimate::add(CodePoint c, CharacterKind kind) {
    if (kind == CharacterKind::kMark || kind == CharacterKind::kControl) return 0;
    if (kind == CharacterKind::kPart && is_latin(c)) return add_letter(c);
    end_word();
    if (kind == CharacterKind::kSpace) return 0;
    return is_hangul_syllable(c) ? 3 * kToken : kToken;  // it comes apart into letters
}

}  // namespace engram::onnx
