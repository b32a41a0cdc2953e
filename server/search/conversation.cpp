#include "search/conversation.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace engram::search {
namespace {

// After a longer silence another conversation begins.
constexpr std::chrono::hours kSilence{1};

bool follows(const Documents& documents, Doc earlier, Doc later) {
    const std::uint32_t conversation = documents.row(later).conversation;
    return conversation != kNoConversation && documents.row(earlier).conversation == conversation &&
           documents.created_at(later) - documents.created_at(earlier) <= kSilence;
}

// Those of one conversation side by side, each conversation in the order of time: what is told beside it, in another
// chat or as a note, does not come between. By counting.
std::vector<Doc> by_conversation(const Documents& documents, std::span<const Doc> order) {
    const auto number = [&](Doc doc) {
        const std::uint32_t conversation = documents.row(doc).conversation;
        return conversation == kNoConversation ? 0 : conversation + std::size_t{1};
    };
    std::vector<std::uint32_t> ends(documents.label_count() + 2);
    for (const Doc doc : order)
        if (documents.is_live(doc)) ++ends[number(doc) + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<Doc> docs(ends.back());
    for (const Doc doc : order)
        if (documents.is_live(doc)) docs[ends[number(doc)]++] = doc;
    return docs;
}

}  // namespace

Conversations::Conversations(const Documents& documents, std::span<const Doc> order)
    : docs_(by_conversation(documents, order)), places_(documents.size(), kNowhere), around_(docs_.size()) {
    for (std::size_t place = 0; place < docs_.size(); ++place) {
        Surroundings& here = around_[place];
        here.asks = documents.row(docs_[place]).asks;
        here.language = documents.row(docs_[place]).language;
        if (place > 0 && follows(documents, docs_[place - 1], docs_[place]))
            here.before = static_cast<std::uint8_t>(std::min(around_[place - 1].before + 1, int{kReach}));
        for (std::size_t i = 1; i <= here.before; ++i) around_[place - i].after = static_cast<std::uint8_t>(i);
        places_[docs_[place]] = static_cast<std::uint32_t>(place);
    }
}

}  // namespace engram::search
