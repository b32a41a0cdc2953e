#include "search/time_order.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace engram::search {
namespace {

// Up to so many are put in one by one, which moves what stands behind; more are sorted and merged.
constexpr std::size_t kFew = 16;

auto place_of(const Documents& documents, Doc doc) { return std::pair(documents.created_at(doc), documents.id(doc)); }

// Bit i of word j: entry 64 j + i passes.
struct Passing {
    std::vector<std::uint64_t> words;
    std::int64_t count = 0;

    Passing(const Documents& documents, const Filter& filter) : words((documents.size() + 63) / 64) {
        if (filter.is_empty()) return;
        for (std::size_t word = 0; word < words.size(); ++word) {
            words[word] = filter.pass(word, ~std::uint64_t{0});
            count += std::popcount(words[word]);
        }
    }
    bool has(Doc doc) const { return (words[doc >> 6] >> (doc & 63) & 1) != 0; }
};

}  // namespace

void TimeOrder::catch_up(const Documents& documents) {
    const auto earlier = [&](Doc left, Doc right) { return place_of(documents, left) < place_of(documents, right); };
    const std::size_t known = order_.size();
    const bool few = documents.size() - known <= kFew;
    for (Doc doc = static_cast<Doc>(known); doc < documents.size(); ++doc) {
        const bool last = order_.empty() || !earlier(doc, order_.back());
        order_.insert(few && !last ? std::upper_bound(order_.begin(), order_.end(), doc, earlier) : order_.end(), doc);
    }
    if (few) return;
    const auto middle = order_.begin() + static_cast<std::ptrdiff_t>(known);
    std::sort(middle, order_.end(), earlier);
    std::inplace_merge(order_.begin(), middle, order_.end(), earlier);
}

ports::IndexPage TimeOrder::list(const Documents& documents, const Filter& filter,
                                 const std::optional<ports::IndexPlace>& before, std::size_t limit,
                                 std::size_t offset) const {
    const Passing passing(documents, filter);
    ports::IndexPage page;
    page.total = passing.count;
    auto at = order_.end();
    if (before) {
        const std::pair place(before->created_at, before->id);
        at = std::lower_bound(order_.begin(), order_.end(), place,
                              [&](Doc doc, const auto& than) { return place_of(documents, doc) < than; });
    }
    while (at != order_.begin() && page.hits.size() < limit) {
        const Doc doc = *--at;
        if (!passing.has(doc)) continue;
        if (offset > 0)
            --offset;
        else
            page.hits.push_back(documents.hit(doc, 1));
    }
    return page;
}

}  // namespace engram::search
