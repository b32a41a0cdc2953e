#include "search/facets.hpp"

#include <algorithm>
#include <bit>

namespace engram::search {
namespace {

constexpr std::size_t kNamedMax = 1'000;

}  // namespace

void Facets::count(std::size_t word, std::uint64_t found) {
    for (; found != 0; found &= found - 1) {
        const Doc doc = static_cast<Doc>(word * 64 + static_cast<std::size_t>(std::countr_zero(found)));
        ++categories_[documents_.category(doc)];
        ++sources_[documents_.source(doc)];
        for (const std::uint32_t mark : documents_.marks(doc)) ++marks_[mark];
    }
}

Facets::Counts Facets::named(const std::vector<std::uint32_t>& counts) const {
    Counts named;
    for (std::uint32_t label = 0; label < counts.size(); ++label)
        if (counts[label] > 0) named.emplace_back(documents_.label(label), counts[label]);
    std::sort(named.begin(), named.end(), [](const auto& left, const auto& right) {
        return left.second != right.second ? left.second > right.second : left.first < right.first;
    });
    if (named.size() > kNamedMax) named.resize(kNamedMax);
    return named;
}

}  // namespace engram::search
