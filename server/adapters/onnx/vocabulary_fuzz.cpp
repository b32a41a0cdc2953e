// Any bytes as a tokenizer.json: refused with an error of ours, or read, and then it cuts a text into numbers that it
// holds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/onnx/wordpiece.hpp"
#include "base/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const onnx::Vocabulary vocabulary(text);
        const auto ids = onnx::encode(vocabulary, text, 64);
        const auto fits = [size](std::int64_t id) { return id >= 0 && static_cast<std::size_t>(id) < size; };
        if (ids.size() < 2 || ids.size() > 64 || !std::ranges::all_of(ids, fits)) std::abort();
    } catch (const base::Error& error) {
        if (error.safe().empty()) std::abort();
    }
    return 0;
}
