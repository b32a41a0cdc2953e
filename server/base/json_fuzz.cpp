// Any bytes either are refused as malformed or are read; what was read, written and read again is the same.
#include <cstdlib>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram::base;
    const std::string text(data, data + size);
    try {
        const JsonDocument document(text);
        std::string written;
        append_json(written, document.root());
        std::string again;
        append_json(again, parse_json(written));
        if (written != again || !is_utf8(written) || json_depth(document.root()) > 32) std::abort();
    } catch (const Error& error) {
        const bool refused = error.code() == Code::kMalformed || error.code() == Code::kTooLarge;
        if (!refused || !is_utf8(error.safe())) std::abort();
    }
    return 0;
}
