#include "search/filter.hpp"

#include <algorithm>
#include <bit>

#include "search/bits.hpp"

namespace engram::search {

Filter::Filter(const Documents& documents, const ports::IndexQuery& query)
    : documents_(documents), from_(query.from), to_(query.to) {
    category_ = label(query.category);
    source_ = label(query.source);
    for (const std::string& tag : query.tags)
        if (const auto number = label(tag)) tags_.push_back(*number);
    open_ = !category_ && !source_ && tags_.empty() && !from_ && !to_;
}

std::optional<std::uint32_t> Filter::label(const std::optional<std::string>& wanted) {
    if (!wanted) return std::nullopt;
    const auto number = documents_.find_label(*wanted);
    if (!number) empty_ = true;
    return number;
}

bool Filter::passes(Doc doc) const {
    if (category_ && documents_.category(doc) != *category_) return false;
    if (source_ && documents_.source(doc) != *source_) return false;
    if (from_ && documents_.created_at(doc) < *from_) return false;
    if (to_ && documents_.created_at(doc) >= *to_) return false;
    const auto held = documents_.tags(doc);
    return std::all_of(tags_.begin(), tags_.end(),
                       [&](std::uint32_t tag) { return std::find(held.begin(), held.end(), tag) != held.end(); });
}

std::uint64_t Filter::pass(std::size_t word, std::uint64_t candidates) const {
    candidates &= documents_.live_bits(word);
    if (open_) return candidates;
    if ((word + 1) * 64 <= documents_.size()) {  // labels of a whole block are compared at once
        const Doc first = static_cast<Doc>(word * 64);
        if (category_) candidates &= bits_equal(documents_.categories(first), *category_);
        if (source_) candidates &= bits_equal(documents_.sources(first), *source_);
    }
    std::uint64_t passed = 0;
    for (std::uint64_t rest = candidates; rest != 0; rest &= rest - 1) {
        const int bit = std::countr_zero(rest);
        if (passes(static_cast<Doc>(word * 64 + static_cast<std::size_t>(bit)))) passed |= std::uint64_t{1} << bit;
    }
    return passed;
}

}  // namespace engram::search
