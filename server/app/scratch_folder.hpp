// A folder for a while.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace engram::app {

// Made when constructed, empty and for nobody else to read; removed with all that is in it at the end. Throws
// kUnavailable where it cannot be made.
class ScratchFolder {
public:
    ScratchFolder() : ScratchFolder(std::filesystem::temp_directory_path()) {}
    explicit ScratchFolder(const std::filesystem::path& parent) : path_((parent / "engram-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr)
            throw base::Error(base::Code::kUnavailable, "No temporary folder can be made at " + path_ + ".");
    }
    ~ScratchFolder() {
        std::error_code ignored;  // what is left of it is the system's to clean
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::string file(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace engram::app
