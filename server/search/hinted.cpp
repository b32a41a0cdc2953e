#include "search/hinted.hpp"

#include <algorithm>

namespace engram::search {

Hinted::Hinted(const Documents& documents, const ports::IndexHint& hint) : documents_(documents), hint_(hint) {
    for (const std::string& mark : hint.marks)
        if (const auto label = documents.find_label(mark)) marks_.push_back(*label);
    if (!hint.category.empty()) category_ = documents.find_label(hint.category);
}

float Hinted::share(Doc doc) const {
    if (category_ && documents_.category(doc) == *category_) return 1;
    for (const std::uint32_t mark : marks_)
        if (std::ranges::find(documents_.marks(doc), mark) != documents_.marks(doc).end()) return 1;
    const base::Time created_at = documents_.created_at(doc);
    float share = 0;
    for (const auto& span : hint_.spans)
        if ((!span.from || created_at >= *span.from) && (!span.to || created_at < *span.to))
            share = std::max(share, span.share);
    return share;
}

// One that can hold for none does not count.
Hints::Hints(const Documents& documents, const std::vector<ports::IndexHint>& hints) {
    for (const ports::IndexHint& hint : hints)
        if (const Hinted hinted(documents, hint); !hinted.can_hold_for_none()) all_.push_back(hinted);
}

float Hints::share(Doc doc) const {
    float sum = 0;
    for (const Hinted& hinted : all_) sum += hinted.share(doc);
    return all_.empty() ? 0 : sum / static_cast<float>(all_.size());
}

std::vector<std::string> known_marks(const Documents& documents, const std::vector<ports::IndexHint>& hints) {
    std::vector<std::string> known;
    for (const ports::IndexHint& hint : hints)
        for (const std::string& mark : hint.marks)
            if (documents.find_label(mark)) known.push_back(mark);
    return known;
}

}  // namespace engram::search
