#include "http/unix_socket.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace engram::http {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw base::Error(base::Code::kUnavailable, "Cannot listen on " + path + ": " + why + ".");
}

// True where a connection is taken, or is refused for another reason than that nobody listens.
bool somebody_answers(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) fail(path, "the path is too long");
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) fail(path, std::strerror(errno));
    const int result = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const int error = errno;
    ::close(probe);
    return result == 0 || error != ECONNREFUSED;
}

}  // namespace

void remove_stale_socket(const std::string& path) {
    struct stat info{};
    if (::lstat(path.c_str(), &info) != 0) return;
    if (!S_ISSOCK(info.st_mode)) fail(path, "there is another file");
    if (somebody_answers(path)) fail(path, "another process listens there");
    if (::unlink(path.c_str()) != 0) fail(path, std::strerror(errno));
}

void SocketFile::take(std::string path) {
    path_ = std::move(path);
    struct stat info{};
    if (::chmod(path_.c_str(), S_IRUSR | S_IWUSR) != 0 || ::lstat(path_.c_str(), &info) != 0) {
        fail(path_, std::strerror(errno));
    }
    device_ = info.st_dev;
    inode_ = info.st_ino;
}

void SocketFile::remove() noexcept {
    struct stat info{};
    const bool same =
        !path_.empty() && ::lstat(path_.c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == inode_;
    if (same) ::unlink(path_.c_str());
    path_.clear();
}

}  // namespace engram::http
