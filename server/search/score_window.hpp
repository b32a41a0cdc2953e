// Sums of scores over a stretch of entries that fits the fastest cache. Internal to ranking.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "search/postings.hpp"

namespace engram::search {

// Entries of a window: few where few of them have a word, since a window is cleared when it is made.
template <bool kSparse>
inline constexpr Doc kWindow = kSparse ? 1024 : 4096;

// From the end to the beginning: what came last is the newest as a rule, and so wins the ties it is in.
struct Cursor {
    const Posting* begin = nullptr;
    const Posting* at = nullptr;  // behind the next one
    float scale = 0;
};

template <bool kSparse>
using Sums = std::array<float, kWindow<kSparse>>;
// By block of 64: not 0; where lists are sparse, which.
template <bool kSparse>
using Touched = std::array<std::uint64_t, kWindow<kSparse> / 64>;

// Calls `score` for each posting of the cursor in the window that begins with `first`, with its slot there.
template <bool kSparse, class Score>
void scan(Cursor& cursor, Doc first, Touched<kSparse>& touched, const Score& score) {
    const Posting* at = cursor.at;
    const Posting limit = make_posting(first, 0);
    while (at != cursor.begin && at[-1] >= limit) {
        --at;
        const Doc slot = doc_of(*at) & (kWindow<kSparse> - 1);
        score(slot, code_of(*at));
        if constexpr (kSparse) {
            touched[slot >> 6] |= std::uint64_t{1} << (slot & 63);
        } else {
            touched[slot >> 6] = 1;
        }
    }
    cursor.at = at;
}

// The sums of one window, and which of it was touched.
template <bool kSparse>
struct ScoreWindow {
    Sums<kSparse> sums{}, best{};
    Touched<kSparse> touched{}, group_touched{};

    void add(Cursor& cursor, Doc first, const ImpactTable& impacts) {
        scan<kSparse>(cursor, first, touched,
                      [&](Doc slot, ImpactCode code) { sums[slot] += cursor.scale * impacts[code]; });
    }

    void add_best(std::span<Cursor> cursors, Doc first, const ImpactTable& impacts) {
        for (Cursor& cursor : cursors)
            scan<kSparse>(cursor, first, group_touched, [&](Doc slot, ImpactCode code) {
                best[slot] = std::max(best[slot], cursor.scale * impacts[code]);
            });
        for (std::size_t block = 0; block < group_touched.size(); ++block) {
            if (group_touched[block] == 0) continue;
            for (std::size_t slot = block * 64; slot < (block + 1) * 64; ++slot) sums[slot] += best[slot];
            std::fill_n(&best[block * 64], 64, 0.0F);
            touched[block] |= std::exchange(group_touched[block], 0);
        }
    }
};

}  // namespace engram::search
