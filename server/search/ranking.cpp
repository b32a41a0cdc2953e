#include "search/ranking.hpp"

#include <algorithm>

#include "search/score_window.hpp"

namespace engram::search {
namespace {

template <class Window>
class Ranker {
public:
    // `raise`: what the window takes, if anything.
    Ranker(const Documents& documents, std::span<const Group> groups, const auto&... raise)
        : impacts_(make_impacts(documents.average_length())), window_(raise...) {
        for (const Group& group : groups) {
            for (const Part& part : group.parts) {
                const Posting* const begin = part.postings.data();
                cursors_.push_back({begin, begin + part.postings.size(), group.weight * part.factor});
            }
            group_ends_.push_back(cursors_.size());
        }
    }

    void run(Sweep& into) {
        while (const Posting* last = find_last()) {
            const Doc first = doc_of(*last) & ~(Window::kEntries - 1);
            add_window(first);
            window_.sweep(first, into);
        }
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

    ImpactTable impacts_;
    std::vector<Cursor> cursors_;
    std::vector<std::size_t> group_ends_;  // in cursors_
    Window window_;
};

// Few entries of a block of 64 have any of the words.
bool is_sparse(const Documents& documents, std::span<const Group> groups) {
    constexpr std::size_t kSparseBlock = 8;  // postings
    std::size_t postings = 0;
    for (const Group& group : groups)
        for (const Part& part : group.parts) postings += part.postings.size();
    return postings * 64 < documents.size() * kSparseBlock;
}

}  // namespace

Ranking rank(const Documents& documents, const Filter& filter, std::span<const Group> groups, std::size_t best_count,
             Facets* facets, const Raise* raise) {
    Ranking ranking;
    if (filter.is_empty()) return ranking;
    Best best(documents, std::max<std::size_t>(best_count, 1));
    Sweep into{filter, facets, best};
    const bool sparse = is_sparse(documents, groups);
    if (raise != nullptr) {
        if (sparse)
            Ranker<Raising<SparseWindow>>(documents, groups, *raise).run(into);
        else
            Ranker<Raising<DenseWindow>>(documents, groups, *raise).run(into);
    } else if (sparse) {
        Ranker<SparseWindow>(documents, groups).run(into);
    } else {
        Ranker<DenseWindow>(documents, groups).run(into);
    }
    ranking.total = into.total;
    if (best_count > 0) ranking.best = best.take();
    return ranking;
}

}  // namespace engram::search
