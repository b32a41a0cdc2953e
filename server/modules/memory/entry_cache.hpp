// Rows of memories that were read lately, packed, in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace engram::memory {

// A memory as one change left it: what it says never goes out of date.
struct EntryKey {
    base::Uuid owner, id;
    std::int64_t epoch = 0, revision = 0;  // the history, and the change in it
    bool operator==(const EntryKey&) const = default;
};

// A ring: what comes in takes the place of what came first. Any thread.
class EntryCache {
public:
    // `bytes` of memory at most, taken as it fills; a row of more than a sixteenth of it is not kept.
    explicit EntryCache(std::size_t bytes);

    // Puts the row into `packed`, in place of what is there; false: it is not known.
    bool find(const EntryKey& key, std::string& packed);

    void add(const EntryKey& key, std::string_view packed);

    // Forgets everything, and wipes it.
    void clear();

private:
    // In front of each row in the ring.
    struct Header {
        EntryKey key;
        std::uint64_t before = 0;  // the place of the row that came into the same chain before
        std::uint64_t size = 0;
    };

    // Places count all bytes that ever came in, so that one tells whether its row is still there; 0 is none.
    bool is_there(std::uint64_t place) const { return place != 0 && place + capacity_ >= end_; }
    char* at(std::uint64_t place) { return ring_.get() + place % capacity_; }
    std::uint64_t& chain_of(const EntryKey& key) { return chains_[base::UuidHash()(key.id) % chains_.size()]; }

    std::mutex mutex_;
    const std::size_t capacity_;
    std::unique_ptr<char[]> ring_;
    std::vector<std::uint64_t> chains_;  // of each the place of its last row
    std::uint64_t end_ = 1;              // where the next row comes
};

}  // namespace engram::memory
