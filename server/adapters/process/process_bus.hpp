// The bus of a process that is the only one: a word is a call.
#pragma once

#include <memory>

#include "ports/bus.hpp"

namespace engram::process {

std::unique_ptr<ports::Bus> make_process_bus();

}  // namespace engram::process
