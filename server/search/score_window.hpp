// Sums of scores over a stretch of entries that fits the fastest cache. Internal to ranking.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "search/best.hpp"
#include "search/bits.hpp"
#include "search/facets.hpp"
#include "search/filter.hpp"
#include "search/postings.hpp"

namespace engram::search {

// From the end to the beginning: what came last is the newest as a rule, and so wins the ties it is in.
struct Cursor {
    const Posting* begin = nullptr;
    const Posting* at = nullptr;  // behind the next one
    float scale = 0;

    // Calls `visit` for each posting that is left from the entry `first` on, with its distance from there.
    template <class Visit>
    void scan(Doc first, const Visit& visit) {
        const Posting* next = at;
        const Posting limit = make_posting(first, 0);
        while (next != begin && next[-1] >= limit) {
            --next;
            visit(doc_of(*next) - first, code_of(*next));
        }
        at = next;
    }
};

// What a window does with the entries it has scored.
struct Sweep {
    const Filter& filter;
    Facets* facets;  // or none
    Best& best;
    std::int64_t total = 0;
};

// For words that many entries have: 64 entries are looked at together.
class DenseWindow {
public:
    static constexpr Doc kEntries = 4096;

    void add(Cursor& cursor, Doc first, const ImpactTable& impacts) {
        cursor.scan(first, [&](Doc slot, ImpactCode code) {
            sums_[slot] += cursor.scale * impacts[code];
            touched_[slot >> 6] = true;
        });
    }

    // The best of each entry.
    void add_best(std::span<Cursor> cursors, Doc first, const ImpactTable& impacts) {
        for (Cursor& cursor : cursors)
            cursor.scan(first, [&](Doc slot, ImpactCode code) {
                best_[slot] = std::max(best_[slot], cursor.scale * impacts[code]);
                best_touched_[slot >> 6] = true;
            });
        for (std::size_t block = 0; block < best_touched_.size(); ++block) {
            if (!std::exchange(best_touched_[block], false)) continue;
            for (std::size_t slot = block * 64; slot < (block + 1) * 64; ++slot) sums_[slot] += best_[slot];
            std::fill_n(&best_[block * 64], 64, 0.0F);
            touched_[block] = true;
        }
    }

    // Before the sweep.
    void raise(Doc first, const Raise& by) {
        for (Doc slot = 0; slot < kEntries; ++slot)
            if (touched_[slot >> 6] && sums_[slot] > 0) sums_[slot] += by.of(first + slot);
    }

    void sweep(Doc first, Sweep& into) {
        for (std::size_t block = touched_.size(); block-- > 0;)
            if (std::exchange(touched_[block], false))
                sweep_block(&sums_[block * 64], first + static_cast<Doc>(block * 64), into);
    }

private:
    static void sweep_block(float* sums, Doc begin, Sweep& into) {
        const std::uint64_t passed = into.filter.pass(begin / 64, bits_above(sums, 0));
        const float below = std::nextafter(into.best.threshold(), -1.0F);  // an equal score may still be newer
        for (std::uint64_t rest = passed & bits_above(sums, below); rest != 0;) {
            const int slot = 63 - std::countl_zero(rest);
            rest ^= std::uint64_t{1} << slot;
            into.best.offer(sums[slot], begin + static_cast<Doc>(slot));
        }
        std::fill_n(sums, 64, 0.0F);
        if (into.facets != nullptr) into.facets->count(begin / 64, passed);
        into.total += std::popcount(passed);
    }

    std::array<float, kEntries> sums_{}, best_{};
    std::array<bool, kEntries / 64> touched_{}, best_touched_{};  // by block of 64
};

// For words that few entries have: these are noted and looked at one by one, with hardly a branch to guess wrong.
class SparseWindow {
public:
    static constexpr Doc kEntries = 2048;

    void add(Cursor& cursor, Doc first, const ImpactTable& impacts) {
        cursor.scan(first, [&](Doc slot, ImpactCode code) { add(slot, cursor.scale * impacts[code]); });
    }

    void add_best(std::span<Cursor> cursors, Doc first, const ImpactTable& impacts) {
        std::size_t count = 0;
        for (Cursor& cursor : cursors)
            cursor.scan(first, [&](Doc slot, ImpactCode code) {
                best_slots_[count] = static_cast<std::uint16_t>(slot);
                count += best_[slot] == 0 ? 1 : 0;
                best_[slot] = std::max(best_[slot], cursor.scale * impacts[code]);
            });
        for (std::size_t i = 0; i < count; ++i) add(best_slots_[i], std::exchange(best_[best_slots_[i]], 0.0F));
    }

    // Before the sweep.
    void raise(Doc first, const Raise& by) {
        for (std::size_t i = 0; i < count_; ++i) sums_[slots_[i]] += by.of(first + slots_[i]);
    }

    void sweep(Doc first, Sweep& into) {
        std::size_t good = 0;
        for (std::size_t i = 0; i < count_; ++i) {
            const std::uint16_t slot = slots_[i];
            const float score = std::exchange(sums_[slot], 0.0F);
            const bool passes = into.filter.passes(first + slot);
            into.total += passes ? 1 : 0;
            good_[good] = {score, first + slot};
            good += passes && score >= into.best.threshold() ? 1 : 0;
            if (into.facets != nullptr)
                into.facets->count((first + slot) / 64, std::uint64_t{passes ? 1U : 0U} << (slot & 63));
        }
        for (std::size_t i = 0; i < good; ++i)
            if (good_[i].score >= into.best.threshold()) into.best.offer(good_[i].score, good_[i].doc);
        count_ = 0;
    }

private:
    void add(Doc slot, float score) {
        slots_[count_] = static_cast<std::uint16_t>(slot);
        count_ += sums_[slot] == 0 ? 1 : 0;
        sums_[slot] += score;
    }

    std::array<float, kEntries> sums_{}, best_{};
    std::array<std::uint16_t, kEntries + 1> slots_, best_slots_;  // one more is written where none is new
    std::array<RankedDoc, kEntries + 1> good_;
    std::size_t count_ = 0;
};

// One of them, for a query that hints at something.
template <class Window>
class Raising : public Window {
public:
    explicit Raising(const Raise& by) : by_(by) {}

    void sweep(Doc first, Sweep& into) {
        this->raise(first, by_);
        Window::sweep(first, into);
    }

private:
    const Raise& by_;
};

}  // namespace engram::search
