// The terminal: passwords without echo, bold where there is somebody to see it.
#pragma once

#include <string>

namespace engram::app {

// Asks on the terminal, without showing what is typed; the first line of standard input where that is no terminal.
std::string ask_password(const std::string& question);

// `text` in bold, or as it is where standard output is no terminal or NO_COLOR is set.
std::string bold(const std::string& text);
std::string dim(const std::string& text);

// As is, or with the escapes of a terminal.
class Paint {
public:
    explicit Paint(bool colors) : colors_(colors) {}

    // "always", "never", or "auto": where standard output is a terminal and NO_COLOR is not set.
    static Paint of(const std::string& when);

    std::string bold(const std::string& text) const { return styled("1", text); }
    std::string dim(const std::string& text) const { return styled("2", text); }
    std::string hit(const std::string& text) const { return styled("1;31", text); }  // what was looked for

private:
    std::string styled(const char* code, const std::string& text) const;

    bool colors_;
};

// Standard error is a terminal: progress may be shown.
bool shows_progress();

}  // namespace engram::app
