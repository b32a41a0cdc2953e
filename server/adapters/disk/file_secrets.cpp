#include "adapters/disk/file_secrets.hpp"

#include <unistd.h>

#include "adapters/disk/files.hpp"

namespace engram::disk {

FileSecrets::FileSecrets(std::string folder, ports::Random& random) : folder_(std::move(folder)), random_(random) {
    make_folder(folder_);
}

base::Bytes FileSecrets::get_or_create(std::string_view name, std::size_t size) {
    const std::lock_guard lock(mutex_);
    const std::string path = folder_ + "/" + std::string(name);
    if (access(path.c_str(), F_OK) == 0) {
        base::Bytes secret = read_file(path);
        if (secret.size() == size) return secret;
        throw base::Error(base::Code::kInternal, "The key file " + path + " is damaged. Restore it from a backup.");
    }
    base::Bytes secret(size);
    random_.fill(secret);
    write_file_atomically(path, secret);
    return secret;
}

}  // namespace engram::disk
