#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/integration/import_collector.hpp"
#include "modules/integration/integration.hpp"
#include "modules/integration/jsonl_import.hpp"
#include "modules/integration/line_reader.hpp"
#include "modules/integration/whatsapp_import.hpp"
#include "modules/integration/whatsapp_line.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kLinesLookedAt = 100;

enum class Format { kWhatsapp, kJsonl };

[[noreturn]] void refuse(std::string_view line) {
    std::string why = "This is neither a WhatsApp chat (.txt) nor engram JSON lines.";
    if (line.starts_with("PK\x03\x04")) why = "This is a zip archive: unpack it and import the .txt that is in it.";
    if (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF")) why = "This is UTF-16: save the file as UTF-8.";
    if (line.starts_with('[') || line.empty()) why += line.empty() ? " It is empty." : " Of JSON: one object a line.";
    throw base::Error(base::Code::kUnsupportedType, why);
}

// By the first lines: JSON lines begin with a brace, a chat soon has the head of a message.
Format detect(std::istream& in) {
    LineReader lines(in);
    std::string line, first;
    while (lines.number() < kLinesLookedAt && lines.next(line)) {
        if (parse_whatsapp_head(line)) return Format::kWhatsapp;
        if (first.empty()) first = base::trim(line);
        if (first.starts_with('{')) return Format::kJsonl;
    }
    refuse(first);
}

}  // namespace

std::string_view to_string(DateOrder order) {
    switch (order) {
        case DateOrder::kDayMonthYear:
            return "D/M/Y";
        case DateOrder::kMonthDayYear:
            return "M/D/Y";
        case DateOrder::kYearMonthDay:
            return "Y/M/D";
    }
    return {};
}

ImportReport parse_import(std::istream& in, const ImportOptions& options, const ImportSink& sink) {
    const auto start = in.tellg();
    if (start < 0) throw base::Error(base::Code::kInternal, "The import cannot be read.", "the stream is not seekable");
    const Format format = detect(in);
    in.clear();
    in.seekg(start);
    ImportReport report;
    ImportCollector collector(report, sink);
    report.utc_offset_minutes = options.utc_offset_minutes;
    if (format == Format::kWhatsapp) {
        report.format = "whatsapp";
        import_whatsapp(in, options, collector);
    } else {
        report.format = "engram-jsonl";
        import_jsonl(in, collector);
    }
    return report;
}

}  // namespace engram::integration
