// The fields of a memory as an object of JSON or a row of a table has them. Pure functions.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "modules/integration/imported_message.hpp"

namespace engram::integration {

struct MemoryField {
    std::string_view name, wanted;

    // Reads it into the message; false where it does not fit. Null is an absent one.
    bool (*read)(const boost::json::value& value, const ImportOptions& options, ImportedMessage& message);
};

// By engram's name or another program's ("createdAt", "Body"), in any case, spaces as underscores; null: not known.
const MemoryField* find_memory_field(std::string_view name);

// How well a name fits its field: 0 is engram's own, 1 and up that of other programs in order of preference.
std::size_t rank_of_name(std::string_view name);

// "a, b;c|d" as tags, without blank ones and the # before them.
std::vector<std::string> split_tags(std::string_view text, std::string_view separators);

// Cuts what is longer than a memory takes: title, context, source and author; leaves out tags above their number or
// length.
void cut_to_limits(ImportedMessage& message);

}  // namespace engram::integration
