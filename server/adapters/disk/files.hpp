// Files that are there whole or not at all.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>

#include "base/crypto.hpp"
#include "base/error.hpp"

namespace engram::disk {

// Owns a file descriptor.
class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileHandle& operator=(FileHandle&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~FileHandle();

    explicit operator bool() const { return descriptor_ >= 0; }
    int get() const { return descriptor_; }

private:
    int descriptor_ = -1;
};

// Removes an unfinished file, unless it was kept.
class Temporary {
public:
    explicit Temporary(std::string path) : path_(std::move(path)) {}
    ~Temporary();
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    void keep() { path_.clear(); }

private:
    std::string path_;
};

// The error of the last system call (errno): kStorageFull, kNotFound or kUnavailable. The safe text names the path,
// what is wrong and what helps, for whoever runs the program; a request must not be answered with it.
base::Error system_error(const std::string& action, const std::string& path);

// Makes the folder, mode 0700, where there is none; its parent exists. Throws as system_error, also for a file.
void make_folder(const std::string& path);

// Replaces the file at `path`; when it returns, a power cut leaves the new content, and whenever one comes, the old or
// the new. Throws as system_error, and then the old file stands. One writer of a path at a time.
void write_file_atomically(const std::string& path, base::ByteView bytes, mode_t mode = 0600);

// Puts `prepared` in the place of `path`, in one step, and durably. The file that is there stays as `kept`, on the same
// disk, unless that is empty. Throws as system_error, and then `path` stands.
void replace_file(const std::string& prepared, const std::string& path, const std::string& kept);

// The whole file. Throws as system_error.
base::Bytes read_file(const std::string& path);

// Makes a new file, whatever was there, with that mode, whatever the umask. Throws as system_error.
FileHandle create_file(const std::string& path, mode_t mode);

// Throws as system_error.
void write_all(const FileHandle& file, base::ByteView bytes, const std::string& path);

// Makes the names in the folder of `path` outlive a power cut. Throws as system_error.
void sync_folder_of(const std::string& path);

}  // namespace engram::disk
