// How alike two words look.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace engram::search {

// A bit for each letter that is in the word, some letters sharing one. One edit changes two bits at the most.
std::uint64_t letter_bits(std::string_view word);

// The code points of a word in UTF-8, the first 64 at the most.
using Characters = std::vector<std::uint32_t>;
void read_characters(std::string_view word, Characters& out);

// Letters added, lost, changed, or swapped with their neighbour (optimal string alignment distance) between two words,
// or any number above `most`.
int edit_distance(const Characters& left, const Characters& right, int most);

}  // namespace engram::search
