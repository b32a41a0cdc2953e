#include "adapters/disk/file_secrets.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/disk/files.hpp"

namespace engram::disk {

FileSecrets::FileSecrets(std::string folder, ports::Random& random) : folder_(std::move(folder)), random_(random) {
    if (mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST)
        throw system_error("The folder of keys cannot be made", folder_);
}

base::Bytes FileSecrets::get_or_create(std::string_view name, std::size_t size) {
    const std::lock_guard lock(mutex_);
    const std::string path = folder_ + "/" + std::string(name);
    if (access(path.c_str(), F_OK) == 0) {
        base::Bytes secret = read_file(path);
        if (secret.size() == size) return secret;
        throw base::Error(base::Code::kInternal, "A key file of this engram is damaged. Restore it from a backup.",
                          path);
    }
    base::Bytes secret(size);
    random_.fill(secret);
    write_file_atomically(path, secret);
    return secret;
}

}  // namespace engram::disk
