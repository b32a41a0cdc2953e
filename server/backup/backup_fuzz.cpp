// The lines of a backup: whatever they are, they are refused with base::Error or are what they say.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "backup/parser.hpp"
#include "base/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        engram::backup::check([&](std::string& line) {
            if (text.empty()) return false;
            const std::size_t length = text.find('\n');
            line = text.substr(0, length);
            text.remove_prefix(length == std::string_view::npos ? text.size() : length + 1);
            return true;
        });
    } catch (const engram::base::Error&) {
        return 0;
    }
    return 0;
}
