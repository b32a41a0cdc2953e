// The words of the texts as people may type them, each once: which begin alike, which look alike.
#pragma once

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "search/column.hpp"
#include "search/string_table.hpp"

namespace engram::search {

using Spelling = std::uint32_t;  // a folded word's number

// Readers side by side, or one writer.
class Lexicon {
public:
    explicit Lexicon(std::pmr::memory_resource* memory);

    // The number of a word as fold_word gives it, given now where it is new: then it equals the size() of before.
    Spelling intern(std::string_view folded);
    std::optional<Spelling> find(std::string_view folded) const { return texts_.find(folded); }
    std::string_view text(Spelling spelling) const { return texts_.text(spelling); }
    std::size_t size() const { return texts_.size(); }

    // Calls `tell` for the words that begin so, in their order, until it says false.
    using Tell = std::function<bool(Spelling spelling)>;
    void tell_beginning_with(std::string_view beginning, const Tell& tell) const;

    // Calls `tell` for each word within that many letters added, lost, changed or swapped with their neighbour (optimal
    // string alignment); the word itself is none.
    using TellDistance = std::function<void(Spelling spelling, int distance)>;
    void tell_similar(std::string_view folded, int distance_max, const TellDistance& tell) const;

private:
    struct Shape {
        std::uint64_t letters = 0;  // a bit for each that it has
        std::uint32_t length = 0;   // in characters
    };
    struct Key {
        std::uint64_t front = 0;  // the first eight bytes, in their order
        Spelling spelling = 0;
    };
    using Block = std::pmr::vector<Key>;

    void insert_key(std::string_view folded, Spelling spelling);
    bool is_before(const Key& key, std::uint64_t front, std::string_view text) const;
    std::size_t block_for(std::uint64_t front, std::string_view text) const;

    StringTable texts_;
    Column<Shape> shapes_;
    std::pmr::vector<Block> blocks_;  // all keys in their order, cut into pieces that are quick to insert into
};

}  // namespace engram::search
