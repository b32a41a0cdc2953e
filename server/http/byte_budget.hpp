// How much memory the bodies of requests may take, over all connections. Internal to http.
#pragma once

#include <atomic>
#include <cstddef>

namespace engram::http {

// Any thread.
class ByteBudget {
public:
    explicit ByteBudget(std::size_t bytes_max) : free_(bytes_max) {}

    bool holds(std::size_t bytes) const { return bytes <= free_.load(std::memory_order_relaxed); }
    // False: so many are not free, and nothing is taken.
    bool take(std::size_t bytes) {
        std::size_t free = free_.load(std::memory_order_relaxed);
        while (bytes <= free) {
            if (free_.compare_exchange_weak(free, free - bytes, std::memory_order_relaxed)) return true;
        }
        return false;
    }
    void give_back(std::size_t bytes) { free_.fetch_add(bytes, std::memory_order_relaxed); }

private:
    std::atomic<std::size_t> free_;
};

// What one request has of a budget, given back at its end. One thread at a time; the budget must outlive it.
class BudgetShare {
public:
    static constexpr std::size_t kFreeBytes = 64 << 10;  // so little is not counted

    explicit BudgetShare(ByteBudget& budget) : budget_(budget) {}
    ~BudgetShare() { release(); }
    BudgetShare(const BudgetShare&) = delete;
    BudgetShare& operator=(const BudgetShare&) = delete;

    // Would grow_to() be granted now?
    bool may_grow_to(std::size_t bytes) const {
        return bytes <= kFreeBytes || bytes <= bytes_ || budget_.holds(bytes - bytes_);
    }
    // False: the budget does not hold it; the share is what it was.
    bool grow_to(std::size_t bytes) {
        if (bytes <= kFreeBytes || bytes <= bytes_) return true;
        if (!budget_.take(bytes - bytes_)) return false;
        bytes_ = bytes;
        return true;
    }
    void release() {
        if (bytes_ > 0) budget_.give_back(bytes_);
        bytes_ = 0;
    }

private:
    ByteBudget& budget_;
    std::size_t bytes_ = 0;
};

}  // namespace engram::http
