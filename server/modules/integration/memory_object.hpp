// A memory as a JSON object, with the fields that one is created with.
#pragma once

#include <boost/json/value.hpp>

#include "modules/integration/import_collector.hpp"

namespace engram::integration {

// What cannot be taken in is a problem of the report; so is a field that is not known, but the rest is taken in.
// `line`: where it begins, or the which-th it is.
void read_memory_object(const boost::json::value& root, std::size_t line, ImportCollector& collector);

}  // namespace engram::integration
