// What a message brings along, cut to what a memory may have.
#pragma once

#include <string>

#include "modules/integration/imported_message.hpp"

namespace engram::integration {

// Names what had to be cut, "title, tags"; empty: nothing. Blank tags go without a word.
std::string fit(ImportedMessage& message);

}  // namespace engram::integration
