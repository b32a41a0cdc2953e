// Any bytes at all as an import of one format: never a crash, and what comes out keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/integration/exported_synonyms.hpp"
#include "modules/integration/import.hpp"

namespace {

using namespace engram;

void demand(bool promise) {
    if (!promise) std::abort();
}

bool is_clean(const std::string& text) { return base::is_utf8(text) && text.find('\0') == std::string::npos; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    constexpr std::string_view kFormat = ENGRAM_FUZZ_FORMAT;
    std::size_t count = 0;
    const auto sink = [&](integration::ImportedMessage&& message) {
        ++count;
        demand(is_clean(message.content));
        demand(!message.content.empty());
        demand(base::count_code_points(message.content) <= integration::kContentMax);
        const bool is_chat = message.source == "whatsapp" || message.source == "telegram";
        demand(!is_chat || kFormat != message.source || message.created_at.has_value());
        for (const std::string& text : message.tags) demand(is_clean(text));
        for (const std::string& text : message.media) demand(is_clean(text));
        for (const std::string* text : {&message.author, &message.source, &message.key, &message.reply_to,
                                        &message.metadata.text, &message.file, &message.whole})
            demand(is_clean(*text));
        demand(is_clean(message.title.value_or("")) && is_clean(message.context.value_or("")));
        // JSON lines pass on what the line has as its metadata, numbers that do not come back included.
        if (!kFormat.empty() && kFormat != "engram-jsonl") base::parse_json(message.metadata.text);
    };
    try {
        const auto files =
            integration::import_files("upload", [&] { return std::make_unique<std::istringstream>(bytes); });
        demand(integration::parse_import(files, {.format = std::string(kFormat)}, sink).count == count);
    } catch (const base::Error& error) {
        demand(error.code() == base::Code::kUnsupportedType || error.code() == base::Code::kInvalid);
    }
    if (kFormat == "json") {
        try {
            for (const auto& family : integration::parse_synonyms(bytes))
                for (const std::string& word : family) demand(is_clean(word));
        } catch (const base::Error& error) {
            demand(error.code() == base::Code::kInvalid);
        }
    }
    return 0;
}
