// A set of entries as bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "search/postings.hpp"

namespace engram::search {

class DocSet {
public:
    // Of entries below `size`; none at first.
    explicit DocSet(std::size_t size) : words_((size + 63) / 64) {}

    void add(Doc doc) { words_[doc >> 6] |= std::uint64_t{1} << (doc & 63); }
    void add_bits(std::size_t word, std::uint64_t bits) { words_[word] |= bits; }
    bool has(Doc doc) const { return (words_[doc >> 6] >> (doc & 63) & 1) != 0; }

    void complement() {
        for (std::uint64_t& word : words_) word = ~word;
    }
    void intersect(const DocSet& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    }

    // Bit i is entry 64 word + i.
    std::uint64_t bits(std::size_t word) const { return words_[word]; }

private:
    std::vector<std::uint64_t> words_;
};

}  // namespace engram::search
