// A WhatsApp chat, line by line.
#pragma once

#include <istream>

#include "modules/integration/import_collector.hpp"

namespace engram::integration {

// Reads `in` from where it stands to its end twice. Fills the report through `collector`.
void import_whatsapp(std::istream& in, const ImportOptions& options, ImportCollector& collector);

}  // namespace engram::integration
