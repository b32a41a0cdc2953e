// One note of Markdown, as Obsidian and others keep them, as one memory. No file is opened here.
#pragma once

#include <string_view>

#include "modules/integration/front_matter.hpp"
#include "modules/integration/import_collector.hpp"
#include "modules/integration/import_source.hpp"

namespace engram::integration {

// `note` is the whole text in well-formed UTF-8, `front` what was read of its front matter. What does not fit is a
// problem of the report.
void read_note(const ImportFile& file, std::string_view note, const FrontMatter& front, const ImportOptions& options,
               ImportCollector& collector);

}  // namespace engram::integration
