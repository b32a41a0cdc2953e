// Lines of a stream in bounded memory.
#pragma once

#include <array>
#include <cstddef>
#include <istream>
#include <string>

namespace engram::integration {

inline constexpr std::size_t kLineBytesMax = 1 << 20;

// Reads `in` from where it stands. Used by one thread.
class LineReader {
public:
    explicit LineReader(std::istream& in, std::size_t bytes_max = kLineBytesMax) : in_(in), bytes_max_(bytes_max) {}

    // The next line without its end (LF or CR LF) and, of the first, without a byte order mark. False at the end.
    // What is longer than `bytes_max` is cut there.
    bool next(std::string& line);

    std::size_t number() const { return number_; }  // of the last line, from 1
    bool cut() const { return cut_; }               // whether it was longer

private:
    bool fill();
    void append(std::string& line, const char* bytes, std::size_t count);

    std::istream& in_;
    const std::size_t bytes_max_;
    std::array<char, 1 << 14> buffer_{};
    std::size_t begin_ = 0, end_ = 0, number_ = 0;
    bool cut_ = false;
};

}  // namespace engram::integration
