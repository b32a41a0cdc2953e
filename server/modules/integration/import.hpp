// Reading an export: finds out what it is, and hands its messages to a sink.
#pragma once

#include <vector>

#include "modules/integration/import_source.hpp"
#include "modules/integration/imported_message.hpp"

namespace engram::integration {

// The names of all formats.
std::vector<std::string_view> import_formats();

// Reads all files of the first format that any of them has, in bounded memory; those of other formats are problems of
// the report. Each is read twice at most, a chat first for its order of dates. Messages of the same stated minute are a
// millisecond apart, so that their order stays. Throws kUnsupportedType where no file is of a format, saying what it
// seems to be, and kInvalid where a file breaks off. What the sink throws passes through.
ImportSummary parse_import(const std::vector<ImportFile>& files, const ImportOptions& options, const ImportSink& sink);

}  // namespace engram::integration
