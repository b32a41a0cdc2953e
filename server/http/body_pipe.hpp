// The body of a request on its way from the I/O thread to the worker that reads it. Internal to http.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"

namespace engram::http {

// Bounded: the I/O thread stops reading from the client while the pipe is full. The I/O thread calls push, finish and
// fail, the worker read and close.
class BodyPipe final : public BodyReader {
public:
    // `resume` is called on the worker when a full pipe has room again; it must not block.
    explicit BodyPipe(std::function<void()> resume) : resume_(std::move(resume)) {}

    std::size_t read(std::span<char> out) override;

    // After it, what comes is thrown away and nobody is called.
    void close();

    // True: full, read no more until `resume`.
    bool push(std::string_view piece);
    void finish();
    void fail(base::Code code, std::string safe);

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::function<void()> resume_;
    std::string bytes_;
    std::size_t read_ = 0;  // of bytes_
    bool full_ = false;
    bool finished_ = false;
    bool closed_ = false;
    std::optional<base::Error> failure_;
};

}  // namespace engram::http
