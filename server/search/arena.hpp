// The memory of one index: counted, and wiped before it goes back.
#pragma once

#include <cstddef>
#include <memory_resource>

namespace engram::search {

// Overwrites what is given back to it with zeros and counts what it holds. One thread at a time.
class WipingMemory final : public std::pmr::memory_resource {
public:
    explicit WipingMemory(std::pmr::memory_resource* upstream) : upstream_(upstream) {}
    std::size_t bytes() const { return bytes_; }

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

    std::pmr::memory_resource* upstream_;
    std::size_t bytes_ = 0;
};

// Pools of small blocks over wiped memory; `upstream` must outlive it. One thread at a time.
class Arena {
public:
    explicit Arena(std::pmr::memory_resource* upstream) : wiping_(upstream), pool_(pool_options(), &wiping_) {}
    std::pmr::memory_resource* memory() { return &pool_; }
    std::size_t bytes() const { return wiping_.bytes(); }

private:
    static std::pmr::pool_options pool_options();

    WipingMemory wiping_;
    std::pmr::unsynchronized_pool_resource pool_;
};

}  // namespace engram::search
