// A folder as the one file that an import takes.
#pragma once

#include <string>

namespace engram::app {

// The texts of a folder packed into a zip archive beside other temporary files, removed at the end; of a path that is
// no folder, that path. Throws kUnavailable where it cannot be written.
class PackedFolder {
public:
    explicit PackedFolder(const std::string& path);
    ~PackedFolder();
    PackedFolder(const PackedFolder&) = delete;
    PackedFolder& operator=(const PackedFolder&) = delete;

    const std::string& path() const { return packed_.empty() ? path_ : packed_; }

private:
    const std::string path_;
    std::string packed_;
};

}  // namespace engram::app
