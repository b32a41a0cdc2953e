#include "base/thread.hpp"

#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <exception>

#include "base/log.hpp"

namespace engram::base {
namespace {

void run_guarded(const std::string& name, const std::function<void(std::stop_token)>& body, std::stop_token stop) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
    try {
        body(std::move(stop));
    } catch (const std::exception& error) {
        log(Severity::kError, "thread ended by an exception", {{"thread", name}, {"error", describe(error)}});
        std::abort();
    }
}

}  // namespace

std::size_t core_count() { return std::max(1u, std::thread::hardware_concurrency()); }

Thread::Thread(std::string name, std::function<void(std::stop_token)> body)
    : thread_([name = std::move(name), body = std::move(body)](std::stop_token stop) {
          run_guarded(name, body, std::move(stop));
      }) {}

void Thread::join() {
    if (thread_.joinable()) thread_.join();
}

WorkerPool::WorkerPool(const std::string& name, std::size_t threads) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back(name, [this](const std::stop_token&) { work(); });
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
}

void WorkerPool::submit(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
}

std::size_t WorkerPool::queued() const {
    const std::lock_guard lock(mutex_);
    return tasks_.size();
}

void WorkerPool::work() {
    for (;;) {
        std::function<void()> task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
            if (tasks_.empty()) return;
            task = std::move(tasks_.front());
            tasks_.pop_front();
        }
        try {
            task();
        } catch (const std::exception& error) {
            log(Severity::kError, "a task threw", {{"error", describe(error)}});
        }
    }
}

}  // namespace engram::base
