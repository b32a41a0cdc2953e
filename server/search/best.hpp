// The best entries by score. Internal to ranking.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "search/documents.hpp"
#include "search/ranking.hpp"

namespace engram::search {

// Keeps the best of what it is shown.
class Best {
public:
    Best(const Documents& documents, std::size_t count) : documents_(documents), count_(count) {}

    // What scores less need not be offered; the lowest number while there is room.
    float threshold() const { return threshold_; }

    void offer(float score, Doc doc) {
        const Entry offered{{score, doc}, documents_.created_at(doc)};
        const auto better = [this](const Entry& left, const Entry& right) { return is_better(left, right); };
        if (heap_.size() == count_) {
            if (!is_better(offered, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), better);
            heap_.back() = offered;
        } else {
            heap_.push_back(offered);
        }
        std::push_heap(heap_.begin(), heap_.end(), better);
        if (heap_.size() == count_) threshold_ = heap_.front().hit.score;
    }

    std::vector<RankedDoc> take() {
        std::sort(heap_.begin(), heap_.end(),
                  [this](const Entry& left, const Entry& right) { return is_better(left, right); });
        std::vector<RankedDoc> best;
        best.reserve(heap_.size());
        for (const Entry& entry : heap_) best.push_back(entry.hit);
        return best;
    }

private:
    struct Entry {
        RankedDoc hit;
        base::Time created_at;
    };

    bool is_better(const Entry& left, const Entry& right) const {
        if (left.hit.score != right.hit.score) return left.hit.score > right.hit.score;
        if (left.created_at != right.created_at) return left.created_at > right.created_at;
        return documents_.id(left.hit.doc) < documents_.id(right.hit.doc);
    }

    const Documents& documents_;
    std::size_t count_;
    float threshold_ = std::numeric_limits<float>::lowest();
    std::vector<Entry> heap_;  // the worst in front
};

}  // namespace engram::search
