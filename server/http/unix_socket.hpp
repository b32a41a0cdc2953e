// The file of a Unix socket: who may use it, and whose it is. Internal to http.
#pragma once

#include <sys/types.h>

#include <string>

namespace engram::http {

// Removes a socket file that nobody answers on. Throws kUnavailable where somebody does or where it is another file.
void remove_stale_socket(const std::string& path);

// A socket file that this process has made: only its user may connect; removed at the end where it is still the same.
class SocketFile {
public:
    SocketFile() = default;
    ~SocketFile() { remove(); }
    SocketFile(const SocketFile&) = delete;
    SocketFile& operator=(const SocketFile&) = delete;

    // Takes the file that was bound and not yet listened on. Throws kUnavailable where the mode cannot be set.
    void take(std::string path);
    void remove() noexcept;

private:
    std::string path_;
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

}  // namespace engram::http
