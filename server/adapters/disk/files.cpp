#include "adapters/disk/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace engram::disk {
namespace {

void write_synced(const std::string& path, base::ByteView bytes, mode_t mode) {
    const FileHandle file = create_file(path, mode);
    write_all(file, bytes, path);
    if (::fsync(file.get()) != 0) throw system_error("sync", path);
}

base::Code code_of(int number) {
    if (number == ENOSPC || number == EDQUOT) return base::Code::kStorageFull;
    return number == ENOENT ? base::Code::kNotFound : base::Code::kUnavailable;
}

std::string reason_and_remedy(int number) {
    switch (number) {
        case ENOSPC:
        case EDQUOT:
            return "there is no space left. Make room on its disk.";
        case ENOENT:
            return "it does not exist, or the folder that it belongs in does not. Make that folder, or name another.";
        case ENOTDIR:
            return "a file stands where a folder must be. Move the file away, or name another folder.";
        case EACCES:
        case EPERM:
            return "this is not permitted. Let the user that runs this program write there, or name another folder.";
        case EROFS:
            return "its disk is read only. Make it writable, or name another folder.";
        default:
            return std::string(std::strerror(number)) + ". See that its disk works.";
    }
}

}  // namespace

FileHandle::~FileHandle() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

base::Error system_error(const std::string& action, const std::string& path) {
    const int number = errno;
    return {code_of(number), "Cannot " + action + " " + path + ": " + reason_and_remedy(number),
            action + " " + path + ": " + std::strerror(number)};
}

void write_all(const FileHandle& file, base::ByteView bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw system_error("write", path);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

Temporary::~Temporary() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

void make_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0) return;
    if (errno != EEXIST) throw system_error("make the folder", path);
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return;
    errno = ENOTDIR;
    throw system_error("use the folder", path);
}

void write_file_atomically(const std::string& path, base::ByteView bytes, mode_t mode) {
    const std::string unfinished = path + ".tmp";
    Temporary temporary(unfinished);
    write_synced(unfinished, bytes, mode);
    if (::rename(unfinished.c_str(), path.c_str()) != 0) throw system_error("rename", unfinished);
    temporary.keep();
    sync_folder_of(path);
}

void replace_file(const std::string& prepared, const std::string& path, const std::string& kept) {
    const FileHandle file(::open(prepared.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file || ::fsync(file.get()) != 0) throw system_error("sync", prepared);
    if (!kept.empty() && ::link(path.c_str(), kept.c_str()) != 0) throw system_error("keep", kept);
    if (::rename(prepared.c_str(), path.c_str()) != 0) throw system_error("rename", prepared);
    sync_folder_of(path);
}

base::Bytes read_file(const std::string& path) {
    const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) throw system_error("open", path);
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) throw system_error("read", path);
    base::Bytes bytes;
    bytes.reserve(static_cast<std::size_t>(status.st_size) + 1);
    for (;;) {
        constexpr std::size_t kStep = 64 << 10;
        const std::size_t size = bytes.size();
        bytes.resize(std::max(bytes.capacity(), size + kStep));
        const ssize_t got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
        bytes.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw system_error("read", path);
        if (got == 0) return bytes;
    }
}

// What is there is what a power cut has left.
FileHandle create_file(const std::string& path, mode_t mode) {
    ::unlink(path.c_str());
    FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!file || ::fchmod(file.get(), mode) != 0) throw system_error("create", path);
    return file;
}

void sync_folder_of(const std::string& path) {
    const auto parent = std::filesystem::path(path).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!handle || ::fsync(handle.get()) != 0) throw system_error("sync", folder);
}

}  // namespace engram::disk
