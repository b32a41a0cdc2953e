#include "http/body_pipe.hpp"

#include <algorithm>

namespace engram::http {
namespace {

constexpr std::size_t kBytesFull = 256 << 10;
constexpr std::size_t kBytesRoom = kBytesFull / 2;  // half, so that the two threads do not meet at every read

}  // namespace

std::size_t BodyPipe::read(std::span<char> out) {
    bool resume = false;
    std::size_t count = 0;
    {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return read_ < bytes_.size() || finished_ || failure_; });
        if (read_ == bytes_.size() && failure_) throw *failure_;
        count = std::min(out.size(), bytes_.size() - read_);
        std::copy_n(bytes_.data() + read_, count, out.data());
        read_ += count;
        if (read_ == bytes_.size()) {
            bytes_.clear();
            read_ = 0;
        }
        resume = full_ && bytes_.size() - read_ <= kBytesRoom;
        if (resume) full_ = false;
    }
    if (resume) resume_();
    return count;
}

void BodyPipe::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
}

bool BodyPipe::push(std::string_view piece) {
    const std::lock_guard lock(mutex_);
    if (closed_ || piece.empty()) return false;
    bytes_.erase(0, read_);
    read_ = 0;
    bytes_.append(piece);
    full_ = bytes_.size() >= kBytesFull;
    arrived_.notify_one();
    return full_;
}

void BodyPipe::finish() {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    arrived_.notify_one();
}

void BodyPipe::fail(base::Code code, std::string safe) {
    const std::lock_guard lock(mutex_);
    if (finished_ || failure_) return;
    failure_.emplace(code, std::move(safe));
    arrived_.notify_one();
}

}  // namespace engram::http
