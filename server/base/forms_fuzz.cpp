// Any bytes either are an id, a time or base64url, or are not; what was read, written and read again is the same.
#include <cstdlib>

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram::base;
    const std::string text(data, data + size);
    if (const auto id = parse_uuid(text); id && parse_uuid(to_string(*id)) != id) std::abort();
    if (const auto time = parse_rfc3339(text)) {
        const auto cut = std::chrono::floor<std::chrono::milliseconds>(*time);
        const bool writable = cut >= std::chrono::sys_days(std::chrono::year(0) / 1 / 1) &&
                              cut < std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1);
        if (writable && parse_rfc3339(format_rfc3339(*time)) != cut) std::abort();
    }
    Bytes bytes;
    if (from_base64url(text, bytes) && to_base64url(bytes).size() != text.size()) std::abort();
    if (is_utf8(text) && cut_code_points(text, count_code_points(text)) != text) std::abort();
    return 0;
}
