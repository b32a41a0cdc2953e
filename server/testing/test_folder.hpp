// A folder of a test's own.
#pragma once

#include "app/scratch_folder.hpp"

namespace engram::testing {

using TestFolder = app::ScratchFolder;

}  // namespace engram::testing
