#include "search/conversation.hpp"

#include <algorithm>
#include <chrono>

namespace engram::search {
namespace {

// After a longer silence another conversation begins.
constexpr std::chrono::hours kSilence{1};

bool follows(const Documents& documents, Doc earlier, Doc later) {
    const std::uint32_t conversation = documents.row(later).conversation;
    return conversation != kNoConversation && documents.row(earlier).conversation == conversation &&
           documents.created_at(later) - documents.created_at(earlier) <= kSilence;
}

}  // namespace

Conversations::Conversations(const Documents& documents, std::span<const Doc> order)
    : places_(documents.size(), kNowhere) {
    docs_.reserve(documents.live_count());
    before_.reserve(documents.live_count());
    for (const Doc doc : order) {
        if (!documents.is_live(doc)) continue;
        const bool joined = !docs_.empty() && follows(documents, docs_.back(), doc);
        places_[doc] = static_cast<std::uint32_t>(docs_.size());
        before_.push_back(joined ? static_cast<std::uint8_t>(std::min(before_.back() + 1, int{kReach})) : 0);
        docs_.push_back(doc);
    }
}

std::size_t Conversations::after(std::size_t place) const {
    std::size_t count = 0;
    while (count < kReach && place + count + 1 < before_.size() && before_[place + count + 1] > count) ++count;
    return count;
}

}  // namespace engram::search
