// Any bytes as a text: the same numbers every time, bounded, framed, of the vocabulary; a cut only takes from the end.
#include "adapters/onnx/wordpiece.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/onnx/small_vocabulary.hpp"

namespace {

using namespace engram;

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const onnx::Vocabulary vocabulary(onnx::kSmallVocabulary);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto all = onnx::encode(vocabulary, text, 2 + 3 * size);
    require(all.size() >= 2 && all.size() <= 2 + 3 * size && all.front() == 1 && all.back() == 2);
    require(std::ranges::all_of(all, [](std::int64_t id) { return id >= 0 && id <= 16; }));
    require(all == onnx::encode(vocabulary, std::string(text), 2 + 3 * size));
    for (const std::size_t most : {2, 3, 10}) {
        const auto cut = onnx::encode(vocabulary, text, most);
        require(cut.size() == std::min(most, all.size()) && cut.back() == 2);
        require(std::equal(cut.begin(), cut.end() - 1, all.begin()));
    }
    return 0;
}
