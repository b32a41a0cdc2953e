#include "search/ranking.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "search/bits.hpp"

namespace engram::search {
namespace {

constexpr Doc kWindow = 4096;

// Keeps the best of what it is shown.
class Best {
public:
    Best(const Documents& documents, std::size_t count) : documents_(documents), count_(count) {}

    // What scores less need not be offered.
    float threshold() const { return threshold_; }

    void offer(float score, Doc doc) {
        const RankedDoc offered{score, doc};
        const auto better = [this](const RankedDoc& left, const RankedDoc& right) { return is_better(left, right); };
        if (heap_.size() == count_) {
            if (!is_better(offered, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), better);
            heap_.back() = offered;
        } else {
            heap_.push_back(offered);
        }
        std::push_heap(heap_.begin(), heap_.end(), better);
        if (heap_.size() == count_) threshold_ = heap_.front().score;
    }

    std::vector<RankedDoc> take() {
        std::sort(heap_.begin(), heap_.end(),
                  [this](const RankedDoc& left, const RankedDoc& right) { return is_better(left, right); });
        return std::move(heap_);
    }

private:
    bool is_better(const RankedDoc& left, const RankedDoc& right) const {
        if (left.score != right.score) return left.score > right.score;
        const auto left_time = documents_.created_at(left.doc), right_time = documents_.created_at(right.doc);
        if (left_time != right_time) return left_time > right_time;
        return documents_.id(left.doc) < documents_.id(right.doc);
    }

    const Documents& documents_;
    std::size_t count_;
    float threshold_ = 0;
    std::vector<RankedDoc> heap_;  // the worst in front
};

struct Cursor {
    const Posting* at = nullptr;
    const Posting* end = nullptr;
    float scale = 0;
};

using Sums = std::array<float, kWindow>;
using Touched = std::array<std::uint8_t, kWindow / 64>;  // blocks of 64

// Calls `score` for each posting of the cursor below the end of the window, with its slot there.
template <class Score>
void scan(Cursor& cursor, Doc first, Touched& touched, const Score& score) {
    const Posting* at = cursor.at;
    const std::uint64_t limit = (std::uint64_t{first} + kWindow) << 8;
    for (; at != cursor.end && *at < limit; ++at) {
        const Doc slot = doc_of(*at) & (kWindow - 1);
        score(slot, code_of(*at));
        touched[slot >> 6] = 1;
    }
    cursor.at = at;
}

// The sums of one window, and which of it was touched.
struct Window {
    Sums sums{}, best{};
    Touched touched{}, group_touched{};

    void add(Cursor& cursor, Doc first, const ImpactTable& impacts) {
        scan(cursor, first, touched, [&](Doc slot, ImpactCode code) { sums[slot] += cursor.scale * impacts[code]; });
    }

    void add_best(std::span<Cursor> cursors, Doc first, const ImpactTable& impacts) {
        for (Cursor& cursor : cursors)
            scan(cursor, first, group_touched,
                 [&](Doc slot, ImpactCode code) { best[slot] = std::max(best[slot], cursor.scale * impacts[code]); });
        for (std::size_t block = 0; block < group_touched.size(); ++block) {
            if (group_touched[block] == 0) continue;
            for (std::size_t slot = block * 64; slot < (block + 1) * 64; ++slot) sums[slot] += best[slot];
            std::fill_n(&best[block * 64], 64, 0.0F);
            touched[block] = 1;
            group_touched[block] = 0;
        }
    }
};

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
        while (const Posting* nearest = find_nearest()) {
            const Doc first = doc_of(*nearest) & ~(kWindow - 1);
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

    // The lowest posting that is left; windows without any are never looked at.
    const Posting* find_nearest() const {
        const Posting* nearest = nullptr;
        for (const Cursor& cursor : cursors_)
            if (cursor.at != cursor.end && (nearest == nullptr || *cursor.at < *nearest)) nearest = cursor.at;
        return nearest;
    }

    std::int64_t sweep(Doc first, Best& best) {
        std::int64_t total = 0;
        for (std::size_t block = 0; block < window_.touched.size(); ++block) {
            if (window_.touched[block] == 0) continue;
            total += sweep_block(&window_.sums[block * 64], first + static_cast<Doc>(block * 64), best);
            window_.touched[block] = 0;
        }
        return total;
    }

    std::int64_t sweep_block(float* sums, Doc first, Best& best) {
        const std::uint64_t passed = filter_.pass(first / 64, bits_above(sums, 0));
        const float below = std::nextafter(best.threshold(), -1.0F);  // an equal score may still be newer
        for (std::uint64_t rest = passed & bits_above(sums, below); rest != 0; rest &= rest - 1) {
            const int slot = std::countr_zero(rest);
            best.offer(sums[slot], first + static_cast<Doc>(slot));
        }
        std::fill_n(sums, 64, 0.0F);
        if (facets_ != nullptr) facets_->count(first / 64, passed);
        return std::popcount(passed);
    }

    const Filter& filter_;
    Facets* facets_;
    ImpactTable impacts_;
    std::vector<Cursor> cursors_;
    std::vector<std::size_t> group_ends_;  // in cursors_
    Window window_;
};

}  // namespace

Ranking rank(const Documents& documents, const Filter& filter, std::span<const Group> groups, std::size_t best_count,
             Facets* facets) {
    Best best(documents, std::max<std::size_t>(best_count, 1));
    Ranking ranking;
    if (filter.is_empty()) return ranking;
    ranking.total = Ranker(documents, filter, groups, facets).run(best);
    if (best_count > 0) ranking.best = best.take();
    return ranking;
}

}  // namespace engram::search
