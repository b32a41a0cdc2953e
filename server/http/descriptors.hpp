// The file descriptors of this process, of which each connection takes one. Internal to http.
#pragma once

#include <cstddef>

namespace engram::http {

// Raises the soft limit to the hard one where the system lets us; returns the limit that holds.
std::size_t raise_descriptor_limit();

// So many of the `wanted` connections fit and leave 128 descriptors to all else; at least one.
std::size_t connections_within(std::size_t wanted, std::size_t descriptors_max);

}  // namespace engram::http
