// Secrets as files of mode 0600 in one folder.
#pragma once

#include <mutex>
#include <string>

#include "ports/random.hpp"
#include "ports/secrets.hpp"

namespace engram::disk {

class FileSecrets final : public ports::Secrets {
public:
    // As make_folder.
    FileSecrets(std::string folder, ports::Random& random);

    base::Bytes get_or_create(std::string_view name, std::size_t size) override;

private:
    const std::string folder_;
    ports::Random& random_;
    std::mutex mutex_;
};

}  // namespace engram::disk
