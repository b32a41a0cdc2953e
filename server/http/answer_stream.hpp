// A streamed answer on its way from the thread that writes it to the I/O thread. Internal to http.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace engram::http {

// Bounded: write() waits while the client is behind. The source calls write, cancelled, on_cancel and at last end or
// abort; the I/O thread calls take and cancel.
class AnswerStream final : public BodyWriter {
public:
    enum class State { kOpen, kEnded, kAborted };

    // `schedule` asks the I/O thread for a call of take(); it is called on the source's thread and must not block.
    AnswerStream(bool chunked, std::function<void()> schedule) : chunked_(chunked), schedule_(std::move(schedule)) {}

    bool write(std::string_view piece) override;
    bool cancelled() const override { return cancelled_.load(std::memory_order_acquire); }
    void on_cancel(std::function<void()> wake) override;

    // The source's last call: the answer is whole, or it broke off. Returns when no `wake` runs any more.
    void end() { leave(State::kEnded); }
    void abort() { leave(State::kAborted); }

    // Moves what is ready into `out`, framed. Where that is nothing and the state is kOpen, `schedule` will be called.
    State take(std::string& out);
    void cancel() noexcept;

private:
    bool write_slice(std::string_view slice);
    void leave(State state);
    void append_framed(std::string_view piece);

    const bool chunked_;
    const std::function<void()> schedule_;
    std::atomic<bool> cancelled_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string ready_;
    std::function<void()> wake_;
    State state_ = State::kOpen;
    bool scheduled_ = true;  // the I/O thread looks once the head is written
    bool waking_ = false;
};

}  // namespace engram::http
