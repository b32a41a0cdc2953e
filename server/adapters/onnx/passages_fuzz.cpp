// Any bytes as a text: passages lie in order inside it, leave out nothing but blanks, are cut between characters, and
// are those of the same text elsewhere.
#include "adapters/onnx/passages.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/onnx/bert_characters.hpp"

namespace {

using namespace engram;

void require(bool holds) {
    if (!holds) std::abort();
}

void require_nothing_shown(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto kind = onnx::kind_of(onnx::next_character(text, at));
        require(kind == onnx::CharacterKind::kSpace || kind == onnx::CharacterKind::kControl);
    }
}

void check(std::string_view text) {
    std::size_t at = 0;
    const auto passages = onnx::cut_passages(text);
    for (const std::string_view passage : passages) {
        require(!passage.empty() && passage.data() >= text.data() + at);
        const auto begin = static_cast<std::size_t>(passage.data() - text.data());
        require(begin + passage.size() <= text.size());
        require_nothing_shown(text.substr(at, begin - at));
        at = begin + passage.size();
    }
    require_nothing_shown(text.substr(at));
    const std::string copy(text);
    require(std::ranges::equal(passages, onnx::cut_passages(copy)));
}

}  // namespace

// Once as it is and once repeated, as only long texts are cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    check(text);
    std::string longer;
    while (size > 0 && longer.size() < 3'000) longer += text;
    check(longer);
    return 0;
}
