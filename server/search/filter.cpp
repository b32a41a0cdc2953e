#include "search/filter.hpp"

#include <algorithm>
#include <bit>

#include "search/bits.hpp"

namespace engram::search {

Filter::Filter(const Documents& documents, const ports::IndexFilter& wanted, const DocSet* allowed)
    : documents_(documents), allowed_(allowed), from_(wanted.from), to_(wanted.to) {
    category_ = label(wanted.category);
    source_ = label(wanted.source);
    for (const std::string& mark : wanted.marks)
        if (const auto number = label(mark)) marks_.push_back(*number);
    for (const std::string& mark : wanted.without)
        if (const auto number = documents_.find_label(mark)) without_.push_back(*number);
    if (wanted.group) {
        grouped_ = true;
        group_mark_ = documents_.find_label(wanted.group->mark);
        group_first_ = documents_.find(wanted.group->first);
        if (!group_mark_ && !group_first_) empty_ = true;
    }
    open_ = !grouped_ && !category_ && !source_ && marks_.empty() && without_.empty() && !from_ && !to_;
}

std::optional<std::uint32_t> Filter::label(const std::optional<std::string>& wanted) {
    if (!wanted) return std::nullopt;
    const auto number = documents_.find_label(*wanted);
    if (!number) empty_ = true;
    return number;
}

bool Filter::has(Doc doc, std::uint32_t mark) const {
    const auto held = documents_.marks(doc);
    return std::find(held.begin(), held.end(), mark) != held.end();
}

bool Filter::meets(Doc doc) const {
    if (category_ && documents_.category(doc) != *category_) return false;
    if (source_ && documents_.source(doc) != *source_) return false;
    if (from_ && documents_.created_at(doc) < *from_) return false;
    if (to_ && documents_.created_at(doc) >= *to_) return false;
    return has_marks(doc);
}

bool Filter::has_marks(Doc doc) const {
    if (grouped_ && group_first_ != doc && !(group_mark_ && has(doc, *group_mark_))) return false;
    const auto held = [&](std::uint32_t mark) { return has(doc, mark); };
    return std::all_of(marks_.begin(), marks_.end(), held) && std::none_of(without_.begin(), without_.end(), held);
}

// The labels and times of a whole block are compared at once.
std::uint64_t Filter::pass_block(Doc first) const {
    std::uint64_t passed = ~std::uint64_t{0};
    if (category_) passed &= bits_equal(documents_.categories(first), *category_);
    if (source_) passed &= bits_equal(documents_.sources(first), *source_);
    if (from_ || to_)
        passed &=
            bits_between(documents_.times(first), from_.value_or(base::Time::min()), to_.value_or(base::Time::max()));
    return passed;
}

std::uint64_t Filter::pass(std::size_t word, std::uint64_t candidates) const {
    candidates &= documents_.live_bits(word);
    if (allowed_ != nullptr) candidates &= allowed_->bits(word);
    if (open_ || candidates == 0) return candidates;
    const bool whole = (word + 1) * 64 <= documents_.size();
    if (whole) candidates &= pass_block(static_cast<Doc>(word * 64));
    if (whole && !grouped_ && marks_.empty() && without_.empty()) return candidates;
    std::uint64_t passed = 0;
    for (std::uint64_t rest = candidates; rest != 0; rest &= rest - 1) {
        const int bit = std::countr_zero(rest);
        const Doc doc = static_cast<Doc>(word * 64 + static_cast<std::size_t>(bit));
        if (whole ? has_marks(doc) : meets(doc)) passed |= std::uint64_t{1} << bit;
    }
    return passed;
}

}  // namespace engram::search
