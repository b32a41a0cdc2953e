#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "modules/integration/import_format.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/line_reader.hpp"
#include "modules/integration/memory_object.hpp"

namespace engram::integration {

namespace {

// Bad lines are the report's, not an error of the import: this is the one place that turns them (ADR 0002).
std::optional<boost::json::value> parse_line(std::string_view line, std::string& why) {
    try {
        return base::parse_json(line);
    } catch (const base::Error& error) {
        why = error.safe();
        return std::nullopt;
    }
}

// The first line that says something is a whole object, and one with a text: without, a line may be a whole document.
bool fits(const ImportFile& file, std::string_view front) {
    const std::string extension = extension_of(file.name);
    front = base::trim(without_byte_order_mark(front));
    const std::size_t end = std::min(front.find('\n'), front.size());
    if (extension == "jsonl" || extension == "ndjson") return front.starts_with('{');
    if (!front.starts_with('{') || front.find('}') >= end) return false;
    std::string why;
    const auto object = parse_line(front.substr(0, end), why);
    const bool is_all = base::trim(front.substr(end)).empty();
    return object && (has_memory_content(*object) || !is_all);
}

void read(const ImportFile& file, const ImportOptions& options, ImportCollector& collector) {
    const auto in = file.open();
    LineReader lines(*in);
    MemoryObjects objects(ForeignFields::kReport, options, collector);
    std::string why;
    for (std::string line; lines.next(line);) {
        collector.clean(line, lines.number(), lines.cut());
        if (base::trim(line).empty()) continue;
        if (const auto object = parse_line(line, why)) {
            objects.read(*object, lines.number());
        } else {
            collector.problem(lines.number(), why, "Write one JSON object a line.");
        }
    }
}

}  // namespace

const ImportFormat kJsonLinesFormat{"engram-jsonl", "JSON lines", fits, read};

}  // namespace engram::integration
