// Ids of an index's entries that are numbers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/id.hpp"

namespace engram::bench {

inline base::Uuid id_of(std::uint32_t number) {
    base::Uuid id;
    for (std::size_t i = 0; i < 4; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

inline std::uint32_t number_of(const base::Uuid& id) {
    std::uint32_t number = 0;
    for (std::size_t i = 12; i < 16; ++i) number = number << 8 | id.bytes[i];
    return number;
}

}  // namespace engram::bench
