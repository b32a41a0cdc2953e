// The memory of one index: counted, and wiped before it goes back.
#pragma once

#include <array>
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

// Small blocks cut from chunks, which go back to `upstream` all at the end; large ones straight from there. Where
// upstream throws nothing has changed: std::pmr::unsynchronized_pool_resource of GCC 12 crashes then. One thread at a
// time.
class Pool final : public std::pmr::memory_resource {
public:
    explicit Pool(std::pmr::memory_resource* upstream) : upstream_(upstream) {}
    ~Pool() override;
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

private:
    struct Chunk {
        Chunk* next = nullptr;
        std::size_t bytes = 0;
    };
    struct FreeBlock {
        FreeBlock* next = nullptr;
    };
    static constexpr std::size_t kSizeCount = 21;  // 8, 16 ... 128, then 256, 512 ... 4096
    static constexpr std::size_t kChunkBytesMin = 1024;

    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
    void add_chunk(std::size_t block_bytes);

    std::pmr::memory_resource* upstream_;
    Chunk* chunks_ = nullptr;
    std::size_t chunk_bytes_ = kChunkBytesMin;          // of the next one
    std::byte* free_ = nullptr;                         // in the newest chunk
    std::size_t free_bytes_ = 0;                        // from there
    std::array<FreeBlock*, kSizeCount> free_blocks_{};  // that came back, by size
};

// A pool over wiped memory; `upstream` must outlive it. One thread at a time.
class Arena {
public:
    explicit Arena(std::pmr::memory_resource* upstream) : wiping_(upstream), pool_(&wiping_) {}
    std::pmr::memory_resource* memory() { return &pool_; }
    std::size_t bytes() const { return wiping_.bytes(); }

private:
    WipingMemory wiping_;
    Pool pool_;
};

}  // namespace engram::search
