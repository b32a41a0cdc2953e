// Any bytes at all as an import of one format: never a crash, and what comes out keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/integration/import.hpp"

namespace {

using namespace engram;

void demand(bool promise) {
    if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    std::size_t count = 0;
    const auto sink = [&](integration::ImportedMessage&& message) {
        ++count;
        demand(base::is_utf8(message.content) && message.content.find('\0') == std::string::npos);
        demand(!message.content.empty());
        demand(base::count_code_points(message.content) <= integration::kContentMax);
        const bool is_chat = message.source == "whatsapp" || message.source == "telegram";
        demand(!is_chat || ENGRAM_FUZZ_FORMAT != message.source || message.created_at.has_value());
        demand(base::is_utf8(message.metadata.text) && base::is_utf8(message.author) && base::is_utf8(message.key));
    };
    try {
        const auto files =
            integration::import_files("upload", [&] { return std::make_unique<std::istringstream>(bytes); });
        demand(integration::parse_import(files, {.format = ENGRAM_FUZZ_FORMAT}, sink).count == count);
    } catch (const base::Error& error) {
        demand(error.code() == base::Code::kUnsupportedType || error.code() == base::Code::kInvalid);
    }
    return 0;
}
