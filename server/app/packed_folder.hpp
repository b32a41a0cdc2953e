// A folder as the one file that an import takes.
#pragma once

#include <optional>
#include <string>

#include "app/scratch_folder.hpp"

namespace engram::app {

// The texts of a folder packed into a zip archive that is removed at the end; of a path that is no folder, that path.
// Throws kUnavailable or kStorageFull where it cannot be written.
class PackedFolder {
public:
    explicit PackedFolder(std::string path);

    const std::string& path() const { return path_; }

private:
    std::string path_;
    std::optional<ScratchFolder> scratch_;
};

}  // namespace engram::app
