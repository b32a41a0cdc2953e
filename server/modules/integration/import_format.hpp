// A format of imports. Each is one file with one constant, and one line in import.cpp.
#pragma once

#include <string_view>

#include "modules/integration/import_collector.hpp"
#include "modules/integration/import_source.hpp"

namespace engram::integration {

struct ImportFormat {
    std::string_view name;
    std::string_view says;  // for people: "a WhatsApp chat (.txt)"

    // Whether a file is of this format, by its name and its first kFrontBytes.
    bool (*fits)(const ImportFile& file, std::string_view front);

    // Reads the whole file into the collector, in bounded memory. A message that cannot be taken in is a problem of the
    // report; throws kInvalid only where nothing of the file can be trusted.
    void (*read)(const ImportFile& file, const ImportOptions& options, ImportCollector& collector);
};

extern const ImportFormat kExportFormat, kWhatsappFormat, kTelegramFormat, kJsonLinesFormat, kJsonFormat, kCsvFormat,
    kMarkdownFormat;

}  // namespace engram::integration
