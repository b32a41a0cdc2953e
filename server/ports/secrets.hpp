// Keys that live outside the database. Adapters: adapters/disk (files of mode 0600); a vault at scale.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/crypto.hpp"

namespace engram::ports {

class Secrets {
public:
    virtual ~Secrets() = default;

    // The secret of that name, `size` bytes; made at random and stored durably where there is none yet.
    // `name` is a plain word. Throws kInternal where a stored secret has another size, kUnavailable where it cannot be
    // read. Any thread.
    virtual base::Bytes get_or_create(std::string_view name, std::size_t size) = 0;
};

}  // namespace engram::ports
