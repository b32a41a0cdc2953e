#include "modules/memory/markdown_pages.hpp"

#include <numeric>

namespace engram::memory {
namespace {

// Some 12 MB.
constexpr std::size_t kMemoriesMax = 500'000;

std::size_t memories_in(const MarkdownMonth& pages) {
    return std::accumulate(pages.begin(), pages.end(), std::size_t{0},
                           [](std::size_t sum, const auto& page) { return sum + page.second.size(); });
}

}  // namespace

MarkdownMonth MarkdownPages::take(const base::Uuid& owner, std::chrono::year_month month) {
    const std::lock_guard lock(mutex_);
    const auto node = months_.extract({owner, month});
    if (node.empty()) return {};
    memories_ -= memories_in(node.mapped());
    return std::move(node.mapped());
}

void MarkdownPages::put(const base::Uuid& owner, std::chrono::year_month month, MarkdownMonth pages) {
    const std::size_t added = memories_in(pages);
    const std::lock_guard lock(mutex_);
    if (memories_ + added > kMemoriesMax) {
        months_.clear();
        memories_ = 0;
    }
    memories_ += added;
    months_[{owner, month}] = std::move(pages);
}

void MarkdownPages::forget(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_);
    std::erase_if(months_, [&](const auto& month) {
        const bool theirs = month.first.first == owner;
        if (theirs) memories_ -= memories_in(month.second);
        return theirs;
    });
}

}  // namespace engram::memory
