// Any bytes at all as an import: never a crash, and what comes out keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/integration/integration.hpp"

namespace {

using namespace engram;

void demand(bool promise) {
    if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
    std::size_t count = 0;
    const auto sink = [&](integration::ImportedMessage&& message) {
        ++count;
        demand(base::is_utf8(message.content) && message.content.find('\0') == std::string::npos);
        demand(!message.content.empty());
        demand(base::count_code_points(message.content) <= integration::kContentMax);
        demand(message.source != "whatsapp" || message.created_at.has_value());
    };
    try {
        demand(integration::parse_import(in, {}, sink).count == count);
    } catch (const base::Error& error) {
        demand(error.code() == base::Code::kUnsupportedType);
    }
    return 0;
}
