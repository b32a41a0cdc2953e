#include "search/similar.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kCharactersMax = 64;
using Row = std::array<int, kCharactersMax + 1>;

int bit_of(UChar32 c) {
    if (c >= 'a' && c <= 'z') return c - 'a';
    if (c >= '0' && c <= '9') return 26 + (c - '0');
    return 36 + static_cast<int>(static_cast<std::uint32_t>(c) % 28);
}

}  // namespace

std::uint64_t letter_bits(std::string_view word) {
    std::uint64_t bits = 0;
    for (std::size_t at = 0; at < word.size();)
        bits |= std::uint64_t{1} << bit_of(next_character(word, word.size(), at));
    return bits;
}

void read_characters(std::string_view word, Characters& out) {
    out.clear();
    for (std::size_t at = 0; at < word.size() && out.size() < kCharactersMax;)
        out.push_back(static_cast<std::uint32_t>(next_character(word, word.size(), at)));
}

// Only the diagonal band that `most` allows is filled in, and it ends as soon as nothing in it can lead to less.
int edit_distance(const Characters& a, const Characters& b, int most) {
    const int rows = static_cast<int>(a.size()), columns = static_cast<int>(b.size()), far = most + 1;
    if (std::abs(rows - columns) > most) return far;
    std::array<Row, 3> table{};  // the row at hand and the two before it
    for (int j = 0; j <= columns; ++j) table[0][static_cast<std::size_t>(j)] = j;
    for (int i = 1; i <= rows; ++i) {
        Row& row = table[static_cast<std::size_t>(i % 3)];
        const Row& above = table[static_cast<std::size_t>((i + 2) % 3)];
        const Row& before = table[static_cast<std::size_t>((i + 1) % 3)];
        row.fill(far);
        row[0] = i;
        int least = i;
        for (int j = std::max(1, i - most); j <= std::min(columns, i + most); ++j) {
            const auto x = static_cast<std::size_t>(i - 1), y = static_cast<std::size_t>(j - 1);
            int& cell = row[y + 1];
            cell = std::min({above[y + 1] + 1, row[y] + 1, above[y] + (a[x] == b[y] ? 0 : 1)});
            if (i > 1 && j > 1 && a[x] == b[y - 1] && a[x - 1] == b[y]) cell = std::min(cell, before[y - 1] + 1);
            least = std::min(least, cell);
        }
        if (least > most) return far;
    }
    return std::min(table[static_cast<std::size_t>(rows % 3)][static_cast<std::size_t>(columns)], far);
}

}  // namespace engram::search
