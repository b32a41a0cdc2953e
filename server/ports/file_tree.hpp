// A tree of small files that people look into with other programs. Adapters: adapters/disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace engram::ports {

struct FileEntry {
    std::string path;
    std::int64_t size = 0;  // bytes
    base::Time modified_at{};
};

// Paths are relative, of names without a dot in front: "+4915112345678/general/2026-11.md". Any other throws kInvalid.
// Throws kStorageFull or kUnavailable as the disk is. Any thread; one writer of a path at a time.
class FileTree {
public:
    virtual ~FileTree() = default;

    // Nothing: there is no such file.
    virtual std::optional<std::string> read(std::string_view path) = 0;

    // Puts the whole content in place in one step, durably, with the folders it needs; writes nothing where the file
    // holds just that.
    virtual void write(std::string_view path, std::string_view content) = 0;

    // With the folders that it leaves empty. Nothing happens where there is none.
    virtual void remove(std::string_view path) = 0;

    // All files below a folder (empty: all there are), by path; none where it is not there.
    virtual std::vector<FileEntry> list(std::string_view folder) = 0;
};

}  // namespace engram::ports
