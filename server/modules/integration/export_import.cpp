#include <optional>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "modules/integration/import_format.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/line_reader.hpp"

namespace engram::integration {

namespace {

// A memory of 10,000 characters may have 100 versions.
constexpr std::size_t kWholeLineBytesMax = 16 << 20;

// What the claims and the preview need of a line; the rest of it goes to the memory module as it is.
std::optional<ImportedMessage> message_of(const std::string& line, std::size_t number, std::string& why) {
    try {
        const base::JsonDocument document(line);
        const auto& object = document.root().as_object();
        ImportedMessage message;
        message.line = number;
        message.content = object.at("content").as_string();
        if (trim_marks(message.content).empty()) message.content = "(blank)";  // for the preview; it stays what it is
        message.source = object.at("source").as_string();
        message.id = message.key = object.at("id").as_string();
        message.created_at = base::parse_rfc3339(object.at("created_at").as_string());
        message.whole = line;
        return message;
    } catch (const base::Error& error) {
        why = error.safe();
    } catch (const std::exception&) {
        why = "This is no memory of an export.";
    }
    return std::nullopt;
}

bool fits(const ImportFile& file, std::string_view front) {
    return stem_of(file.name) == "memories" && extension_of(file.name) == "jsonl" &&
           front.find("\"classified_by\":") != std::string_view::npos &&
           front.find("\"updated_at\":") != std::string_view::npos;
}

void read(const ImportFile& file, const ImportOptions&, ImportCollector& collector) {
    const auto in = file.open();
    LineReader lines(*in, kWholeLineBytesMax);
    std::string why;
    for (std::string line; lines.next(line);) {
        if (base::trim(line).empty()) continue;
        if (auto message = message_of(line, lines.number(), why))
            collector.message(*std::move(message));
        else
            collector.problem(lines.number(), why, "Export again; the others are taken in.");
    }
}

}  // namespace

const ImportFormat kExportFormat{"engram-export", "an export of engram (.zip)", fits, read};

}  // namespace engram::integration
