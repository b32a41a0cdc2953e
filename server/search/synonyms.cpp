#include "search/synonyms.hpp"

#include <algorithm>

namespace engram::search {

Synonyms::Synonyms(const std::vector<std::vector<std::string>>& families, const std::vector<Language>& languages)
    : languages_(languages) {
    for (std::size_t family = 0; family < families.size(); ++family)
        for (const std::string& member : families[family])
            if (auto words = words_in_order(member); !words.empty()) members_.push_back({std::move(words), family});
}

// Stemming costs most, so words that begin otherwise are never stemmed.
bool Synonyms::is(const Member& member, const QueryWord& word) const {
    if (member.words.size() != 1) return false;
    const QueryWord& own = member.words.front();
    if (own.folded == word.folded) return true;
    if (own.kind != TokenKind::kWord || own.folded.substr(0, 2) != word.folded.substr(0, 2)) return false;
    return std::any_of(languages_.begin(), languages_.end(), [&](Language language) {
        return stem_and_fold(own.lower, language) == stem_and_fold(word.lower, language);
    });
}

std::vector<std::vector<std::string>> Synonyms::of(const QueryWord& word) const {
    std::vector<std::vector<std::string>> others;
    if (word.kind != TokenKind::kWord) return others;
    for (const Member& member : members_) {
        if (!is(member, word)) continue;
        for (const Member& other : members_) {
            if (other.family != member.family || is(other, word)) continue;
            std::vector<std::string> words;
            for (const QueryWord& part : other.words) words.push_back(part.folded);
            if (std::find(others.begin(), others.end(), words) == others.end()) others.push_back(std::move(words));
        }
    }
    return others;
}

}  // namespace engram::search
