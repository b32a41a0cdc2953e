// The data folder belongs to one process at a time.
#pragma once

#include <string>

#include "adapters/disk/files.hpp"

namespace engram::disk {

// Holds FOLDER/lock (flock(2), so it ends with the process however that ends), which tells the holder's process id.
class FolderLock {
public:
    // Makes the folder, mode 0700, where there is none; its parent exists. Throws kConflict where another process has
    // it, and says which; as system_error where the folder or the file cannot be made.
    explicit FolderLock(const std::string& folder);

private:
    FileHandle file_;
};

}  // namespace engram::disk
