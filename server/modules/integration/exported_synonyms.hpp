// What an export of engram has beside memories.
#pragma once

#include <string_view>
#include <vector>

#include "modules/integration/import_source.hpp"
#include "modules/memory/memory.hpp"

namespace engram::integration {

// The families of a synonyms.json, as an export has it. Throws kInvalid, saying what to do, for every other text.
memory::WordFamilies parse_synonyms(std::string_view json);

// Those of an export; none where it has no such file. Throws as parse_synonyms and as reading the file.
memory::WordFamilies exported_synonyms(const std::vector<ImportFile>& files);

}  // namespace engram::integration
