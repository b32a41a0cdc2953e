// Which steps of a schema are still to be run: the same rules for every adapter of the database.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ports/database.hpp"

namespace engram::ports {

using StepName = std::pair<std::string, int>;          // module and number
using AppliedSteps = std::map<StepName, std::string>;  // with the checksum of the text that was run

// Of a step's text, as it is kept beside the step.
std::string checksum_of(std::string_view sql);

// The steps that are not applied yet, in order. Throws kInternal where their numbers leave a gap, kConflict where an
// applied step's text has changed or the database has steps of a newer program. `text_of` gives an adapter's text.
using TextOf = std::string_view (*)(const Migration& migration);
std::vector<const Migration*> pending_steps(std::span<const Migration> migrations, const AppliedSteps& applied,
                                            TextOf text_of);

// Those of `migrations` that `steps` name: the schema of another time. Throws kConflict where one is not among them:
// a newer program made it.
std::vector<Migration> steps_named(std::span<const Migration> migrations, std::span<const AppliedStep> steps);

}  // namespace engram::ports
