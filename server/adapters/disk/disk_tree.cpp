#include "adapters/disk/disk_tree.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <mutex>
#include <shared_mutex>

#include "adapters/disk/files.hpp"
#include "adapters/disk/tree_path.hpp"

namespace engram::disk {
namespace {

namespace fs = std::filesystem;

class DiskTree final : public ports::FileTree {
public:
    explicit DiskTree(std::string root) : root_(std::move(root)) {}

    std::optional<std::string> read(std::string_view path) override {
        const std::string where = place_of(path);
        if (!fs::is_regular_file(where)) return std::nullopt;
        const base::Bytes bytes = read_file(where);
        return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }

    void write(std::string_view path, std::string_view content) override {
        const std::string where = place_of(path);
        std::error_code none;
        if (fs::file_size(where, none) == content.size() && read(path) == content) return;
        const std::shared_lock lock(folders_);
        make_folders_below(root_, path);
        write_file_atomically(where, base::as_bytes(content));
    }

    void remove(std::string_view path) override {
        const std::string where = place_of(path);
        const std::lock_guard lock(folders_);
        if (::unlink(where.c_str()) == 0) return remove_empty_folders_above(root_, where);
        if (errno != ENOENT && errno != ENOTDIR) throw system_error("remove", where);
    }

    std::vector<ports::FileEntry> list(std::string_view folder) override;

private:
    std::string place_of(std::string_view path) const { return place_below(root_, path); }

    const std::string root_;
    std::shared_mutex folders_;  // shared: what is in a folder is made; alone: an empty one is removed
};

std::vector<ports::FileEntry> DiskTree::list(std::string_view folder) {
    std::vector<ports::FileEntry> files;
    std::error_code gone;
    for (fs::recursive_directory_iterator at(folder.empty() ? root_ : place_of(folder), gone), end; !gone && at != end;
         at.increment(gone)) {
        const fs::path& path = at->path();
        if (!at->is_regular_file(gone) || path.extension() == ".tmp" || path.filename().string().front() == '.')
            continue;
        const auto modified = fs::file_time_type::clock::to_sys(at->last_write_time(gone));
        files.push_back({path.lexically_relative(root_).string(), static_cast<std::int64_t>(at->file_size(gone)),
                         std::chrono::floor<std::chrono::microseconds>(modified)});
    }
    std::ranges::sort(files, {}, &ports::FileEntry::path);
    return files;
}

}  // namespace

std::unique_ptr<ports::FileTree> make_disk_tree(std::string root) {
    return std::make_unique<DiskTree>(std::move(root));
}

}  // namespace engram::disk
