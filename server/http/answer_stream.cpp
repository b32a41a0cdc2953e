#include "http/answer_stream.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/log.hpp"
#include "http/wire.hpp"

namespace engram::http {
namespace {

constexpr std::size_t kBytesFull = 256 << 10;
constexpr std::size_t kSliceBytes = 64 << 10;

}  // namespace

bool AnswerStream::write(std::string_view piece) {
    while (!piece.empty()) {
        const std::string_view slice = piece.substr(0, kSliceBytes);
        if (!write_slice(slice)) return false;
        piece.remove_prefix(slice.size());
    }
    return !cancelled();
}

bool AnswerStream::write_slice(std::string_view slice) {
    bool schedule = false;
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return cancelled() || ready_.size() < kBytesFull; });
        if (cancelled()) return false;
        append_framed(slice);
        schedule = !std::exchange(scheduled_, true);
    }
    if (schedule) schedule_();
    return true;
}

void AnswerStream::append_framed(std::string_view piece) {
    if (chunked_) return append_chunk(ready_, piece);
    ready_.append(piece);
}

void AnswerStream::on_cancel(std::function<void()> wake) {
    {
        const std::lock_guard lock(mutex_);
        if (!cancelled()) {
            wake_ = std::move(wake);
            return;
        }
    }
    wake();
}

void AnswerStream::leave(State state) {
    bool schedule = false;
    {
        std::unique_lock lock(mutex_);
        wake_ = nullptr;
        changed_.wait(lock, [this] { return !waking_; });  // what `wake` refers to may go with the source
        state_ = state;
        if (state == State::kEnded && chunked_) ready_.append(kLastChunk);
        schedule = !std::exchange(scheduled_, true);
    }
    if (schedule) schedule_();
}

AnswerStream::State AnswerStream::take(std::string& out) {
    const std::lock_guard lock(mutex_);
    out.clear();
    out.swap(ready_);
    if (out.empty() && state_ == State::kOpen) scheduled_ = false;
    changed_.notify_one();
    return state_;
}

void AnswerStream::cancel() noexcept {
    std::function<void()> wake;
    {
        const std::lock_guard lock(mutex_);
        if (cancelled_.exchange(true, std::memory_order_acq_rel)) return;
        wake = std::exchange(wake_, nullptr);
        waking_ = wake != nullptr;
    }
    changed_.notify_all();
    if (!wake) return;
    try {
        wake();
    } catch (const std::exception& error) {
        base::log(base::Severity::kError, "a cancelled stream's callback threw", {{"error", base::describe(error)}});
    }
    const std::lock_guard lock(mutex_);
    waking_ = false;
    changed_.notify_all();
}

}  // namespace engram::http
