// How many of what is found have which labels.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "search/documents.hpp"

namespace engram::search {

// Good while `documents` does not change. One thread.
class Facets {
public:
    explicit Facets(const Documents& documents)
        : documents_(documents),
          categories_(documents.label_count()),
          sources_(documents.label_count()),
          marks_(documents.label_count()) {}

    // Bit i: entry 64 word + i is found.
    void count(std::size_t word, std::uint64_t found);

    using Counts = std::vector<std::pair<std::string, std::int64_t>>;
    // The most frequent first, at most 1,000; equal ones in the order of their texts.
    Counts categories() const { return named(categories_); }
    Counts sources() const { return named(sources_); }
    Counts marks() const { return named(marks_); }

private:
    Counts named(const std::vector<std::uint32_t>& counts) const;

    const Documents& documents_;
    std::vector<std::uint32_t> categories_, sources_, marks_;  // by label
};

}  // namespace engram::search
