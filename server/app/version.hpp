#pragma once

namespace engram::app {

inline constexpr const char* kVersion = ENGRAM_VERSION;

}  // namespace engram::app
