// Threads for work that lasts: streamed answers. Internal to http.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/thread.hpp"

namespace engram::http {

// Starts a thread where no idle one is left, up to a bound; threads stay for the next task. Any thread may submit.
// The destructor waits for the tasks that run.
class GrowingPool {
public:
    GrowingPool(std::string name, std::size_t threads_max) : name_(std::move(name)), threads_max_(threads_max) {}
    ~GrowingPool();
    GrowingPool(const GrowingPool&) = delete;
    GrowingPool& operator=(const GrowingPool&) = delete;

    // False: all threads are busy, the task was not taken. A task must not throw.
    bool try_submit(std::function<void()> task);

private:
    void work();

    const std::string name_;
    const std::size_t threads_max_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    std::size_t idle_ = 0;  // waiting threads that no queued task is meant for
    bool stopping_ = false;
    std::vector<base::Thread> threads_;
};

}  // namespace engram::http
