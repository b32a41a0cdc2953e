#include "http/growing_pool.hpp"

#include <utility>

namespace engram::http {

GrowingPool::~GrowingPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    threads_.clear();
}

bool GrowingPool::try_submit(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    if (idle_ > 0) {
        --idle_;
    } else if (threads_.size() < threads_max_) {
        threads_.emplace_back(name_, [this](const std::stop_token&) { work(); });
    } else {
        return false;
    }
    tasks_.push_back(std::move(task));
    wake_.notify_one();
    return true;
}

void GrowingPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        std::function<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
        ++idle_;
    }
}

}  // namespace engram::http
