#include "modules/integration/line_reader.hpp"

#include <algorithm>
#include <cstring>

#include "modules/integration/import_text.hpp"

namespace engram::integration {

bool LineReader::fill() {
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    begin_ = 0;
    end_ = static_cast<std::size_t>(in_.gcount());
    return end_ > 0;
}

void LineReader::append(std::string& line, const char* bytes, std::size_t count) {
    const std::size_t room = bytes_max_ - line.size();
    cut_ = cut_ || count > room;
    line.append(bytes, std::min(count, room));
}

bool LineReader::next(std::string& line) {
    line.clear();
    cut_ = false;
    if (begin_ == end_ && !fill()) return false;
    ++number_;
    do {
        const char* start = buffer_.data() + begin_;
        const void* found = std::memchr(start, '\n', end_ - begin_);
        const std::size_t length =
            found ? static_cast<std::size_t>(static_cast<const char*>(found) - start) : end_ - begin_;
        append(line, start, length);
        begin_ += length + (found ? 1 : 0);
        if (found) break;
    } while (fill());
    if (line.ends_with('\r')) line.pop_back();
    if (number_ == 1) line.erase(0, line.size() - without_byte_order_mark(line).size());
    return true;
}

}  // namespace engram::integration
