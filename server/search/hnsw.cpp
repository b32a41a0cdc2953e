#include "search/hnsw.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace engram::search {
namespace {

using Near = Hnsw::Near;
using Row = Hnsw::Row;

bool is_nearer(const Near& left, const Near& right) {
    return left.likeness != right.likeness ? left.likeness > right.likeness : left.row < right.row;
}
bool is_farther(const Near& left, const Near& right) { return is_nearer(right, left); }

// Of candidates, nearest first, those that lie in different directions: none that is nearer to one that was chosen than
// to the row itself, or the same. Then the nearest of the others, while there are few. So clusters stay in reach of
// each other, and what lies beside many rows that are all the same.
std::vector<Row> choose(const ByteRows& rows, std::span<const Near> candidates, std::size_t max, std::size_t few) {
    std::vector<Row> chosen, others;
    for (const Near& candidate : candidates) {
        if (chosen.size() == max) break;
        const ByteRows::View at = rows[candidate.row];
        const auto stands_before = [&](Row other) {
            const float likeness = rows.compare(at, other);
            if (likeness != candidate.likeness) return likeness > candidate.likeness;
            return likeness >= rows.compare(at, candidate.row);
        };
        (std::ranges::any_of(chosen, stands_before) ? others : chosen).push_back(candidate.row);
    }
    for (const Row row : others) {
        if (chosen.size() >= few) break;
        chosen.push_back(row);
    }
    return chosen;
}

}  // namespace

// One search in one layer: from the nearest that is known to its neighbours, until they are all farther than the best.
class Hnsw::Walk {
public:
    Walk(const Hnsw& graph, const ByteRows& rows, ByteRows::View vector)
        : graph_(graph), rows_(rows), vector_(vector), seen_((graph.size() + 63) / 64) {}

    std::vector<Near> run(std::span<const Near> starts, std::size_t layer, std::size_t breadth,
                          const IsWanted& is_wanted) {
        std::fill(seen_.begin(), seen_.end(), 0);
        best_.clear();
        ahead_.clear();
        for (const Near& start : starts) {
            see(start.row);
            offer(start, breadth, is_wanted);
        }
        while (!ahead_.empty()) {
            std::pop_heap(ahead_.begin(), ahead_.end(), is_farther);
            const Near next = ahead_.back();
            ahead_.pop_back();
            if (best_.size() == breadth && is_nearer(best_.front(), next)) break;
            fresh_.clear();
            for (const Row row : graph_.links(next.row, layer))
                if (see(row)) fresh_.push_back(row);
            rows_.compare(vector_, fresh_, likenesses_.data());
            for (std::size_t i = 0; i < fresh_.size(); ++i) offer({likenesses_[i], fresh_[i]}, breadth, is_wanted);
        }
        std::sort(best_.begin(), best_.end(), is_nearer);
        return best_;
    }

private:
    bool see(Row row) {
        std::uint64_t& word = seen_[row / 64];
        const std::uint64_t bit = std::uint64_t{1} << row % 64;
        return (std::exchange(word, word | bit) & bit) == 0;
    }

    void offer(const Near& near, std::size_t breadth, const IsWanted& is_wanted) {
        const bool is_full = best_.size() == breadth;
        if (is_full && !is_nearer(near, best_.front())) return;
        ahead_.push_back(near);
        std::push_heap(ahead_.begin(), ahead_.end(), is_farther);
        if (is_wanted && !is_wanted(near.row)) return;
        if (is_full) {
            std::pop_heap(best_.begin(), best_.end(), is_nearer);
            best_.pop_back();
        }
        best_.push_back(near);
        std::push_heap(best_.begin(), best_.end(), is_nearer);
    }

    const Hnsw& graph_;
    const ByteRows& rows_;
    ByteRows::View vector_;
    std::vector<std::uint64_t> seen_;
    std::vector<Near> best_, ahead_;  // heaps: the farthest in front, the nearest in front
    std::vector<Row> fresh_;
    std::array<float, kGroundLinksMax> likenesses_{};
};

// One row in 16 stands in the layer above as well. By a hash (the finaliser of MurmurHash3), for chance that can be had
// again.
std::size_t Hnsw::layers_of(Row row) {
    std::uint64_t hash = std::uint64_t{row} + 1;
    for (const std::uint64_t factor : {0xff51afd7ed558ccdULL, 0xc4ceb9fe1a85ec53ULL}) {
        hash ^= hash >> 33;
        hash *= factor;
    }
    hash ^= hash >> 33;
    return 1 + static_cast<std::size_t>(std::countr_zero(hash | std::uint64_t{1} << 60)) / 4;
}

std::span<const Row> Hnsw::links(Row row, std::size_t layer) const {
    if (layer == 0) return {ground_[row].rows.data(), ground_[row].count};
    const auto& list = upper_[towers_[row] + layer - 1];
    return {list.rows.data(), list.count};
}

// Straight to the row of the layer above `to_layer` that is nearest to its neighbours' eyes.
Near Hnsw::descend(const ByteRows& rows, ByteRows::View vector, std::size_t to_layer) const {
    Near at{rows.compare(vector, entry_), entry_};
    std::array<float, kLinksMax> likenesses{};
    for (std::size_t layer = layers_; layer-- > to_layer + 1;) {
        for (bool moved = true; moved;) {
            moved = false;
            const std::span<const Row> next = links(at.row, layer);
            rows.compare(vector, next, likenesses.data());
            for (std::size_t i = 0; i < next.size(); ++i)
                if (likenesses[i] > at.likeness) at = {likenesses[i], next[i]}, moved = true;
        }
    }
    return at;
}

// The links of `row` once `added` is one of them. Choosing costs more than all else: so where the list is full it makes
// room for some to come.
std::vector<Row> Hnsw::links_with(const ByteRows& rows, Row row, Row added, std::size_t layer) const {
    const std::span<const Row> before = links(row, layer);
    std::vector<Row> all(before.begin(), before.end());
    all.push_back(added);
    if (all.size() <= links_max(layer)) return all;
    std::vector<float> likenesses(all.size());
    rows.compare(rows[row], all, likenesses.data());
    std::vector<Near> candidates;
    for (std::size_t i = 0; i < all.size(); ++i) candidates.push_back({likenesses[i], all[i]});
    std::sort(candidates.begin(), candidates.end(), is_nearer);
    return choose(rows, candidates, links_max(layer) * 3 / 4, links_max(layer) / 2);
}

Hnsw::Plan Hnsw::plan(const ByteRows& rows) const {
    const auto row = static_cast<Row>(size());
    Plan plan;
    plan.layers = layers_of(row);
    if (layers_ == 0) return plan;
    const std::size_t shared = std::min(plan.layers, layers_);
    std::vector<Near> near{descend(rows, rows[row], shared - 1)};
    Walk walk(*this, rows, rows[row]);
    for (std::size_t layer = shared; layer-- > 0;) {
        near = walk.run(near, layer, kPlanBreadth, nullptr);
        std::vector<Row> chosen = choose(rows, near, kLinksMax, kLinksMax);
        for (const Row other : chosen) plan.links.push_back({other, layer, links_with(rows, other, row, layer)});
        plan.links.push_back({row, layer, std::move(chosen)});
    }
    return plan;
}

void Hnsw::insert(const Plan& plan) {
    const auto row = static_cast<Row>(size());
    const auto tower = static_cast<std::uint32_t>(upper_.size());
    if (ground_.size() == row) ground_.push_back({});
    for (std::size_t layer = 1; layer < plan.layers; ++layer) upper_.push_back({});
    towers_.push_back(tower);
    const auto write = [](auto& list, const std::vector<Row>& to) {
        list.count = static_cast<std::uint32_t>(to.size());
        std::copy(to.begin(), to.end(), list.rows.begin());
    };
    for (const auto& [of, layer, to] : plan.links)
        layer == 0 ? write(ground_[of], to) : write(upper_[towers_[of] + layer - 1], to);
    if (plan.layers <= layers_) return;
    layers_ = plan.layers;
    entry_ = row;
}

std::vector<Near> Hnsw::search(const ByteRows& rows, ByteRows::View vector, std::size_t breadth, std::size_t count,
                               const IsWanted& is_wanted) const {
    if (layers_ == 0) return {};
    const Near start = descend(rows, vector, 0);
    std::vector<Near> found = Walk(*this, rows, vector).run(std::span(&start, 1), 0, breadth, is_wanted);
    found.resize(std::min(found.size(), count));
    return found;
}

}  // namespace engram::search
