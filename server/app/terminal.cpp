#include "app/terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace engram::app {
namespace {

// Turns the terminal's echo off while it lives.
class NoEcho {
public:
    NoEcho() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~NoEcho() {
        if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    termios before_{};
    bool changed_ = false;
};

}  // namespace

std::string ask_password(const std::string& question) {
    std::string password;
    if (isatty(STDIN_FILENO) == 0) {
        std::getline(std::cin, password);
        return password;
    }
    std::cerr << question << ": " << std::flush;
    {
        const NoEcho quiet;
        std::getline(std::cin, password);
    }
    std::cerr << "\n";
    return password;
}

Paint Paint::of(const std::string& when) {
    if (when != "auto") return Paint(when == "always");
    const char* no_color = std::getenv("NO_COLOR");
    return Paint(isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0'));
}

std::string Paint::styled(const char* code, const std::string& text) const {
    return colors_ ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
}

std::string bold(const std::string& text) { return Paint::of("auto").bold(text); }
std::string dim(const std::string& text) { return Paint::of("auto").dim(text); }
bool shows_progress() { return isatty(STDERR_FILENO) != 0; }

}  // namespace engram::app
