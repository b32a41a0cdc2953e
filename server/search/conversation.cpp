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
    around_.reserve(documents.live_count());
    for (const Doc doc : order) {
        if (!documents.is_live(doc)) continue;
        const std::size_t place = docs_.size();
        Surroundings& here = around_.emplace_back();
        here.asks = documents.row(doc).asks;
        if (place > 0 && follows(documents, docs_.back(), doc))
            here.before = static_cast<std::uint8_t>(std::min(around_[place - 1].before + 1, int{kReach}));
        for (std::size_t i = 1; i <= here.before; ++i) around_[place - i].after = static_cast<std::uint8_t>(i);
        places_[doc] = static_cast<std::uint32_t>(place);
        docs_.push_back(doc);
    }
}

}  // namespace engram::search
