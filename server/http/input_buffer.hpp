// What has been read from a connection and not yet used. Internal to http.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace engram::http {

// consume() never moves bytes, so that it may be called while a read into prepare()'s room is under way.
class InputBuffer {
public:
    std::string_view view() const { return {bytes_.data() + begin_, end_ - begin_}; }
    std::size_t size() const { return end_ - begin_; }
    bool empty() const { return begin_ == end_; }

    // Room for `count` bytes behind what is there. Moves what is there.
    std::span<char> prepare(std::size_t count) {
        if (empty()) begin_ = end_ = 0;
        if (bytes_.size() - end_ < count) {
            std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_),
                      bytes_.begin() + static_cast<std::ptrdiff_t>(end_), bytes_.begin());
            end_ -= begin_;
            begin_ = 0;
            if (bytes_.size() < end_ + count) bytes_.resize(end_ + count);
        }
        return {bytes_.data() + end_, count};
    }
    void commit(std::size_t count) { end_ += count; }
    void consume(std::size_t count) { begin_ += count; }

    // Gives back the memory of an empty buffer that a large body made grow.
    void shrink(std::size_t bytes_max) {
        if (!empty() || bytes_.size() <= bytes_max) return;
        bytes_ = {};
        begin_ = end_ = 0;
    }

private:
    std::vector<char> bytes_;
    std::size_t begin_ = 0, end_ = 0;
};

}  // namespace engram::http
