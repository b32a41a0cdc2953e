// Texts as small numbers, counted up from 0: one pool of bytes and an open-addressed table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

namespace engram::search {

// Readers side by side, or one writer.
class StringTable {
public:
    explicit StringTable(std::pmr::memory_resource* memory);

    // The number of `wanted`, given now where it is new: then it equals the size() of before.
    std::uint32_t intern(std::string_view wanted);
    std::optional<std::uint32_t> find(std::string_view wanted) const;

    // Good until the next intern.
    std::string_view text(std::uint32_t number) const;
    std::size_t size() const { return ends_.size(); }

private:
    std::size_t slot_of(std::string_view wanted) const;
    void grow();

    std::pmr::vector<char> pool_;
    std::pmr::vector<std::uint32_t> ends_;
    std::pmr::vector<std::uint32_t> slots_;  // number + 1; 0 where free; a power of two of them
};

}  // namespace engram::search
