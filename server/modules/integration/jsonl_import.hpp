// engram JSON lines: an object a line, with the fields that a memory is created with.
#pragma once

#include <istream>

#include "modules/integration/import_collector.hpp"

namespace engram::integration {

// Reads `in` from where it stands to its end. A line that cannot be taken in is a problem of the report; so is a field
// that is not known, but the rest of its line is taken in.
void import_jsonl(std::istream& in, ImportCollector& collector);

}  // namespace engram::integration
