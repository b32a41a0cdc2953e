// Threads of engram: named, joined, and an edge where exceptions end. The only room that starts threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace engram::base {

// Cores of this machine, at least 1.
std::size_t core_count();

// Runs `body` at once; what it throws is logged and ends the process: a lost thread must not go unseen.
// The destructor asks it to stop and joins.
class Thread {
public:
    Thread() = default;
    Thread(std::string name, std::function<void(std::stop_token)> body);

    void join();
    void request_stop() { thread_.request_stop(); }
    bool joinable() const { return thread_.joinable(); }

private:
    std::jthread thread_;
};

// A fixed set of threads with one queue, first in first out. A task that throws is logged; the pool goes on.
// Any thread may submit. The destructor runs what is queued, then joins.
class WorkerPool {
public:
    WorkerPool(const std::string& name, std::size_t threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    void submit(std::function<void()> task);
    std::size_t queued() const;

private:
    void work();

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::vector<Thread> threads_;
};

}  // namespace engram::base
