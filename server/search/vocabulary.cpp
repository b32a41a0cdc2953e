#include "search/vocabulary.hpp"

#include <algorithm>

#include "search/characters.hpp"
#include "search/fold.hpp"

namespace engram::search {
namespace {

// Language and word in one key, without an allocation: this runs for every word of every text.
class WordKey {
public:
    WordKey(std::string_view word, TokenKind kind, Language language) {
        bytes_[0] = static_cast<char>(kind == TokenKind::kWord ? language : kNoLanguage);
        for (const char c : cut_word(word)) bytes_[size_++] = lower_ascii(c);
    }
    std::string_view view() const { return {bytes_.data(), size_}; }

private:
    std::array<char, 72> bytes_{};
    std::size_t size_ = 1;
};

}  // namespace

Vocabulary::Vocabulary(std::pmr::memory_resource* memory)
    : memory_(memory),
      terms_(memory),
      entries_(memory),
      words_(memory),
      word_terms_(memory),
      folded_(memory),
      alias_heads_(memory),
      aliases_(memory) {}

Term Vocabulary::intern_term(std::string_view text) {
    const Term term = terms_.intern(text);
    if (term == entries_.size()) entries_.push_back({std::pmr::vector<Posting>(memory_), 0});
    return term;
}

std::optional<Term> Vocabulary::intern(std::string_view raw, TokenKind kind, Language language) {
    const WordKey key(raw, kind, language);
    if (const auto word = words_.find(key.view())) {
        const Term known = word_terms_[*word];
        return known == kNone ? std::nullopt : std::optional(known);
    }
    const auto term = stem_new_word(raw, kind, language);
    words_.intern(key.view());
    word_terms_.push_back(term.value_or(kNone));
    return term;
}

std::optional<Term> Vocabulary::stem_new_word(std::string_view raw, TokenKind kind, Language language) {
    const std::string text = term_of(raw, kind, kind == TokenKind::kWord ? language : kNoLanguage);
    if (text.empty()) return std::nullopt;
    const Term term = intern_term(text);
    if (kind == TokenKind::kWord && !is_ascii(raw)) add_alias(fold_word(lower_word(cut_word(raw))), term);
    return term;
}

void Vocabulary::add_alias(std::string_view folded, Term term) {
    const std::uint32_t spelling = folded_.intern(folded);
    if (spelling == alias_heads_.size()) alias_heads_.push_back(kNone);
    for (std::uint32_t i = alias_heads_[spelling]; i != kNone; i = aliases_[i].next)
        if (aliases_[i].term == term) return;
    aliases_.push_back({term, alias_heads_[spelling]});
    alias_heads_[spelling] = static_cast<std::uint32_t>(aliases_.size() - 1);
}

void Vocabulary::find_aliases(std::string_view folded, std::vector<Term>& out) const {
    const auto spelling = folded_.find(folded);
    if (!spelling) return;
    for (std::uint32_t i = alias_heads_[*spelling]; i != kNone; i = aliases_[i].next) out.push_back(aliases_[i].term);
}

std::vector<Term> Vocabulary::find(const QueryWord& word, std::span<const Language> languages) const {
    std::vector<Term> found;
    const auto look_for = [&](std::string_view text) {
        if (const auto term = terms_.find(text)) found.push_back(*term);
    };
    if (word.kind == TokenKind::kWord) {
        for (const Language language : languages) {
            look_for(stem_and_fold(word.lower, language));
            if (word.folded != word.lower) look_for(stem_and_fold(word.folded, language));
        }
        find_aliases(word.folded, found);
    } else {
        look_for(word.folded);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::erase_if(found, [&](Term term) { return live_count(term) == 0; });
    return found;
}

void Vocabulary::add_posting(Term term, Posting posting) {
    entries_[term].postings.push_back(posting);
    ++entries_[term].live;
}

void Vocabulary::renumber(std::span<const Doc> places) {
    for (Entry& entry : entries_) {
        std::size_t kept = 0;
        for (const Posting posting : entry.postings)
            if (const Doc place = places[doc_of(posting)]; place != kDocsMax)
                entry.postings[kept++] = make_posting(place, code_of(posting));
        entry.postings.resize(kept);
    }
}

}  // namespace engram::search
