#include "search/ranking.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "search/best.hpp"
#include "search/bits.hpp"
#include "search/score_window.hpp"

namespace engram::search {
namespace {

// Sparse: few entries of a block of 64 have any of the words, so that looking at these alone is less work than looking
// at all at once.
template <bool kSparse>
class Ranker {
public:
    Ranker(const Documents& documents, const Filter& filter, std::span<const Group> groups, Facets* facets)
        : filter_(filter), facets_(facets), impacts_(make_impacts(documents.average_length())) {
        for (const Group& group : groups) {
            for (const Part& part : group.parts) {
                const Posting* const begin = part.postings.data();
                cursors_.push_back({begin, begin + part.postings.size(), group.weight * part.factor});
            }
            group_ends_.push_back(cursors_.size());
        }
    }

    std::int64_t run(Best& best) {
        std::int64_t total = 0;
        while (const Posting* last = find_last()) {
            const Doc first = doc_of(*last) & ~(kWindow<kSparse> - 1);
            add_window(first);
            total += sweep(first, best);
        }
        return total;
    }

private:
    void add_window(Doc first) {
        std::size_t begin = 0;
        for (const std::size_t end : group_ends_) {
            if (end - begin == 1) {
                window_.add(cursors_[begin], first, impacts_);
            } else {
                window_.add_best(std::span(cursors_).subspan(begin, end - begin), first, impacts_);
            }
            begin = end;
        }
    }

    // The highest posting that is left; windows without any are never looked at.
    const Posting* find_last() const {
        const Posting* last = nullptr;
        for (const Cursor& cursor : cursors_)
            if (cursor.at != cursor.begin && (last == nullptr || cursor.at[-1] > *last)) last = cursor.at - 1;
        return last;
    }

    std::int64_t sweep(Doc first, Best& best) {
        std::int64_t total = 0;
        for (std::size_t block = window_.touched.size(); block-- > 0;) {
            const std::uint64_t touched = std::exchange(window_.touched[block], 0);
            if (touched == 0) continue;
            const Doc begin = first + static_cast<Doc>(block * 64);
            float* const sums = &window_.sums[block * 64];
            const std::uint64_t passed = filter_.pass(begin / 64, kSparse ? touched : bits_above(sums, 0));
            offer(sums, begin, passed, best);
            clear(sums, touched);
            if (facets_ != nullptr) facets_->count(begin / 64, passed);
            total += std::popcount(passed);
        }
        return total;
    }

    // An equal score may still be newer.
    static void offer(const float* sums, Doc begin, std::uint64_t passed, Best& best) {
        if constexpr (!kSparse) passed &= bits_above(sums, std::nextafter(best.threshold(), -1.0F));
        while (passed != 0) {
            const int slot = 63 - std::countl_zero(passed);
            passed ^= std::uint64_t{1} << slot;
            if (sums[slot] >= best.threshold()) best.offer(sums[slot], begin + static_cast<Doc>(slot));
        }
    }

    static void clear(float* sums, std::uint64_t touched) {
        if constexpr (kSparse) {
            for (; touched != 0; touched &= touched - 1) sums[std::countr_zero(touched)] = 0;
        } else {
            std::fill_n(sums, 64, 0.0F);
        }
    }

    const Filter& filter_;
    Facets* facets_;
    ImpactTable impacts_;
    std::vector<Cursor> cursors_;
    std::vector<std::size_t> group_ends_;  // in cursors_
    ScoreWindow<kSparse> window_;
};

bool is_sparse(const Documents& documents, std::span<const Group> groups) {
    constexpr std::size_t kSparseBlock = 8;  // postings
    std::size_t postings = 0;
    for (const Group& group : groups)
        for (const Part& part : group.parts) postings += part.postings.size();
    return postings * 64 < documents.size() * kSparseBlock;
}

}  // namespace

Ranking rank(const Documents& documents, const Filter& filter, std::span<const Group> groups, std::size_t best_count,
             Facets* facets) {
    Best best(documents, std::max<std::size_t>(best_count, 1));
    Ranking ranking;
    if (filter.is_empty()) return ranking;
    ranking.total = is_sparse(documents, groups) ? Ranker<true>(documents, filter, groups, facets).run(best)
                                                 : Ranker<false>(documents, filter, groups, facets).run(best);
    if (best_count > 0) ranking.best = best.take();
    return ranking;
}

}  // namespace engram::search
