#include "search/synonyms.hpp"

#include <algorithm>

#include "search/characters.hpp"

namespace engram::search {
namespace {

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// False: whatever the text is as a word, it does not begin as `folded` does. The families are long, and what is asked
// for is in few of them.
bool may_begin_as(std::string_view text, std::string_view folded) {
    for (std::size_t i = 0; i < 2 && i < text.size() && i < folded.size(); ++i) {
        if (!is_plain(text[i]) || !is_plain(folded[i])) return true;
        if (lower_ascii(text[i]) != folded[i]) return false;
    }
    return true;
}

}  // namespace

// Stemming costs most, so words that begin otherwise are never stemmed.
bool Synonyms::is(const Words& member, const QueryWord& word) const {
    if (member.size() != 1) return false;
    const QueryWord& own = member.front();
    if (own.folded == word.folded) return true;
    if (own.kind != TokenKind::kWord || own.folded.substr(0, 2) != word.folded.substr(0, 2)) return false;
    return std::any_of(languages_.begin(), languages_.end(), [&](Language language) {
        return stem_and_fold(own.lower, language) == stem_and_fold(word.lower, language);
    });
}

bool Synonyms::has(const std::vector<std::string>& family, const QueryWord& word) const {
    return std::any_of(family.begin(), family.end(), [&](const std::string& member) {
        return may_begin_as(member, word.folded) && is(words_in_order(member), word);
    });
}

std::vector<std::vector<std::string>> Synonyms::of(const QueryWord& word) const {
    std::vector<std::vector<std::string>> others;
    if (word.kind != TokenKind::kWord) return others;
    for (const std::vector<std::string>& family : families_) {
        if (!has(family, word)) continue;
        for (const std::string& member : family) {
            const Words parts = words_in_order(member);
            if (parts.empty() || is(parts, word)) continue;
            std::vector<std::string> words;
            for (const QueryWord& part : parts) words.push_back(part.folded);
            if (std::find(others.begin(), others.end(), words) == others.end()) others.push_back(std::move(words));
        }
    }
    return others;
}

}  // namespace engram::search
