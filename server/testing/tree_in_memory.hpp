// For tests: files that lie on no disk. One thread at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/file_tree.hpp"

namespace engram::testing {

class TreeInMemory final : public ports::FileTree {
public:
    std::optional<std::string> read(std::string_view path) override {
        const auto file = files.find(std::string(path));
        return file == files.end() ? std::nullopt : std::optional(file->second);
    }
    void write(std::string_view path, std::string_view content) override { files[std::string(path)] = content; }
    void remove(std::string_view path) override { files.erase(std::string(path)); }
    std::vector<ports::FileEntry> list(std::string_view folder) override {
        std::vector<ports::FileEntry> found;
        for (const auto& [path, content] : files)
            if (folder.empty() || path.starts_with(std::string(folder) + "/"))
                found.push_back({path, static_cast<std::int64_t>(content.size()), {}});
        return found;
    }

    std::map<std::string, std::string> files;  // by path
};

}  // namespace engram::testing
