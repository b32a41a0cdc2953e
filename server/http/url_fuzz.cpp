// Any bytes as a path segment and as a query: read, written and read again they are the same, or they are refused.
#include <cstdlib>

#include "base/error.hpp"
#include "base/text.hpp"
#include "http/url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram;
    const std::string text(data, data + size);
    if (const auto decoded = http::percent_decode(text)) {
        if (!base::is_utf8(*decoded) || http::percent_decode(http::percent_encode(*decoded)) != decoded) std::abort();
    }
    try {
        for (const auto& [name, value] : http::parse_query(text))
            if (!base::is_utf8(name) || !base::is_utf8(value)) std::abort();
    } catch (const base::Error& error) {
        if (error.code() != base::Code::kMalformed) std::abort();
    }
    return 0;
}
