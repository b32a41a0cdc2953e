// The terminal: passwords without echo, bold where there is somebody to see it.
#pragma once

#include <string>

namespace engram::app {

// Asks on the terminal, without showing what is typed; the first line of standard input where that is no terminal.
std::string ask_password(const std::string& question);

// `text` in bold, or as it is where standard output is no terminal or NO_COLOR is set.
std::string bold(const std::string& text);
std::string dim(const std::string& text);

// Standard error is a terminal: progress may be shown.
bool shows_progress();

}  // namespace engram::app
