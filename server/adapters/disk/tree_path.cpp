#include "adapters/disk/tree_path.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "adapters/disk/files.hpp"

namespace engram::disk {
namespace {

bool is_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.size() <= 200 && std::ranges::all_of(name, [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != '/' && c != '\\';
    });
}

}  // namespace

std::string place_below(const std::string& root, std::string_view path) {
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        if (!is_name(path.substr(at, end - at))) throw base::invalid_field("path", "malformed", "is no path of a file");
        at = end + 1;
    }
    return root + "/" + std::string(path);
}

void make_folders_below(const std::string& root, std::string_view path) {
    make_folder(root);
    for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
        const std::string folder = root + "/" + std::string(path.substr(0, at));
        if (std::filesystem::is_directory(folder)) continue;
        make_folder(folder);
        sync_folder_of(folder);
    }
}

void remove_empty_folders_above(const std::string& root, const std::string& path) {
    std::filesystem::path folder = std::filesystem::path(path).parent_path();
    while (folder != root && ::rmdir(folder.c_str()) == 0) folder = folder.parent_path();
    sync_folder_of((folder / "x").string());
}

}  // namespace engram::disk
