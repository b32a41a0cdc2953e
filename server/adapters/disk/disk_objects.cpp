#include "adapters/disk/disk_objects.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <shared_mutex>

#include "adapters/disk/files.hpp"
#include "adapters/disk/tree_path.hpp"

namespace engram::disk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 256 << 10;
constexpr const char* kUnfinished = ".part";

// The files below a folder that is there.
template <class Each>
void for_each_file(const fs::path& folder, Each each) {
    std::error_code gone;
    for (fs::recursive_directory_iterator at(folder, gone), end; !gone && at != end; at.increment(gone))
        if (at->is_regular_file(gone)) each(at->path());
}

class DiskObjects final : public ports::ObjectStore {
public:
    explicit DiskObjects(std::string root) : root_(std::move(root)) {
        for_each_file(root_, [](const fs::path& path) {
            if (path.extension() == kUnfinished) fs::remove(path);
        });
    }

    std::int64_t put(std::string_view key, const Read& read) override {
        const std::string where = place_below(root_, key), unfinished = where + kUnfinished;
        Temporary temporary(unfinished);
        const FileHandle file = create(key, unfinished);
        const std::int64_t bytes = write(file, unfinished, read);
        replace_file(unfinished, where, "");
        temporary.keep();
        return bytes;
    }

    std::unique_ptr<std::istream> open(std::string_view key) override {
        const std::string where = place_below(root_, key);
        auto file = std::make_unique<std::ifstream>(where, std::ios::binary);
        if (file->is_open()) return file;
        if (errno == ENOENT || errno == ENOTDIR) return nullptr;
        throw system_error("open", where);
    }

    void remove(std::string_view key) override {
        const std::string where = place_below(root_, key);
        const std::lock_guard lock(folders_);
        if (::unlink(where.c_str()) == 0) return remove_empty_folders_above(root_, where);
        if (errno != ENOENT && errno != ENOTDIR) throw system_error("remove", where);
    }

    std::vector<std::string> list(std::string_view folder) override {
        std::vector<std::string> keys;
        for_each_file(place_below(root_, folder), [&](const fs::path& path) {
            if (path.extension() != kUnfinished) keys.push_back(path.lexically_relative(root_).string());
        });
        std::ranges::sort(keys);
        return keys;
    }

private:
    FileHandle create(std::string_view key, const std::string& unfinished) {
        const std::shared_lock lock(folders_);
        make_folders_below(root_, key);
        return create_file(unfinished, 0600);
    }

    static std::int64_t write(const FileHandle& file, const std::string& path, const Read& read) {
        std::vector<char> piece(kPieceBytes);
        std::int64_t bytes = 0;
        while (const std::size_t count = read(piece)) {
            write_all(file, base::as_bytes({piece.data(), count}), path);
            bytes += static_cast<std::int64_t>(count);
        }
        return bytes;
    }

    const std::string root_;
    std::shared_mutex folders_;  // shared: what is in a folder is made; alone: an empty one is removed
};

}  // namespace

std::unique_ptr<ports::ObjectStore> make_disk_objects(std::string root) {
    return std::make_unique<DiskObjects>(std::move(root));
}

}  // namespace engram::disk
