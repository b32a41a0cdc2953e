#include "adapters/disk/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.hpp"

namespace engram::disk {
namespace {

std::string holder_of(int file) {
    char text[32];
    const ssize_t length = ::pread(file, text, sizeof text, 0);
    std::string pid(text, length > 0 ? static_cast<std::size_t>(length) : 0);
    while (!pid.empty() && (pid.back() < '0' || pid.back() > '9')) pid.pop_back();
    return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

FolderLock::FolderLock(const std::string& folder) {
    make_folder(folder);
    const std::string path = folder + "/lock";
    file_ = FileHandle(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file_) throw system_error("open", path);
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) throw system_error("lock", path);
        throw base::Error(base::Code::kConflict, folder + " is in use by " + holder_of(file_.get()) +
                                                     ". Stop it first, or name another folder.");
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(file_.get(), 0) != 0 ||
        ::pwrite(file_.get(), pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size()))
        throw system_error("write", path);
}

}  // namespace engram::disk
