// A kind of job and how it is done.
#pragma once

#include <chrono>
#include <functional>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>

#include "base/error.hpp"
#include "ports/queue.hpp"

namespace engram::jobs {

inline constexpr std::int64_t kNeverGivenUp = std::numeric_limits<std::int64_t>::max();  // for attempts_max

struct JobKind {
    std::string name;

    // Does one; done when it returns. What it throws is tried again later, unless another time cannot help (kInvalid,
    // kNotFound, kForbidden, kTooLarge): the job is then dead, which an admin sees. Has to stand a second run after a
    // crash. Long ones give up soon after the stop is asked for, by an exception, which
    // then is no attempt. Any thread.
    std::function<void(const ports::Job&, const std::stop_token&)> work;

    // Told before a job is dead, so that what waits for it can say so. Where this throws the job stays, to be told
    // anew.
    std::function<void(const ports::Job&)> given_up = [](const ports::Job&) {};

    std::size_t concurrency = 1;                  // so many at once in this process
    std::size_t batch = 20;                       // claimed together
    std::int64_t attempts_max = 12;               // dead after that
    std::chrono::seconds lease{120};              // a batch that takes longer is given to somebody else
    std::chrono::milliseconds spacing{0};         // at least, from the end of a job to the next one under its key
    std::optional<std::chrono::seconds> every{};  // done again so long after its end, by one process of all
};

// How long work ends early: throws kUnavailable where the stop is asked for.
inline void end_if_stopped(const std::stop_token& stop) {
    if (stop.stop_requested()) throw base::Error(base::Code::kUnavailable, "engram is being stopped.");
}

}  // namespace engram::jobs
