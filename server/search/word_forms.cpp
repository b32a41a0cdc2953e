#include "search/word_forms.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "search/characters.hpp"
#include "search/phrases.hpp"
#include "search/similar_words.hpp"

namespace engram::search {
namespace {

using ports::IndexMatch;

// How good a match is that is not the word itself.
constexpr float kBeginningFactor = 0.8F, kSynonymFactor = 0.7F, kSimilarFactor = 0.6F;

constexpr std::size_t kCutOffMin = 3;          // characters
constexpr std::size_t kBeginningsMax = 32;     // terms; the most frequent
constexpr std::size_t kBeginningsSeen = 4096;  // words that are looked at to find them
constexpr std::size_t kToldMax = 8;
constexpr std::size_t kSplitsTried = 3;
constexpr int kGuessesMax = 8;  // words of a query that are looked for by their look, which reads the whole lexicon
constexpr std::uint32_t kSplitEntriesMax = 4096;  // of the rarer part, so that it is done quickly

struct Split {
    std::size_t at = 0;
    std::uint32_t entries = 0;  // of the rarer part
};

// 20kg and 20 kg are one, whatever their length; else each part must be a word that is hardly there by chance.
bool may_split(std::string_view word, std::size_t at) {
    if (base::is_continuation(word[at])) return false;
    if (is_digit(word[at - 1]) || is_digit(word[at])) return is_digit(word[at - 1]) != is_digit(word[at]);
    return base::count_code_points(word.substr(0, at)) >= 3 && base::count_code_points(word.substr(at)) >= 3;
}

// Whether it may have been meant to go on, though it is not being typed.
bool may_be_cut_off(const AskedWord& asked) {
    return !asked.is_right && base::count_code_points(asked.word.folded) >= kCutOffMin;
}

}  // namespace

FoundForms WordForms::find(const AskedWord& asked) {
    FoundForms forms{.told = {.typed = asked.typed}, .parts = {}};
    const bool typed = asked.word.kind == TokenKind::kWord;
    const bool half = typed && asked.unfinished && live_terms_of(asked.word.folded).empty();
    if (!half) add_terms(forms, terms_of(asked.word), 1);  // the stem of half a word is that of another
    add_joined(forms, asked);
    if (typed) add_split(forms, asked.word);
    if (typed && (asked.unfinished || (forms.parts.empty() && may_be_cut_off(asked))))
        add_beginnings(forms, asked.word);
    if (half && forms.parts.empty()) add_terms(forms, terms_of(asked.word), 1);  // it may be whole
    add_synonyms(forms, asked.word);
    if (typed && !asked.is_right && forms.parts.empty()) add_similar(forms, asked.word);
    if (forms.parts.empty()) forms.told.match = IndexMatch::kNothing;
    return forms;
}

void WordForms::add_terms(FoundForms& forms, std::span<const Term> terms, float factor) const {
    for (const Term term : terms) {
        const auto postings = vocabulary_.postings(term);
        const auto is_known = [&](const Part& part) { return part.postings.data() == postings.data(); };
        if (std::any_of(forms.parts.begin(), forms.parts.end(), is_known)) continue;
        forms.parts.push_back({postings, factor});
        forms.entries += vocabulary_.live_count(term);
    }
}

void WordForms::add_phrase(FoundForms& forms, std::span<const std::string> words, float factor) {
    std::vector<AnyTerm> terms;
    for (const std::string& word : words) terms.push_back(live_terms_of(word));
    std::vector<Posting> postings = find_phrase(documents_, vocabulary_, terms);
    if (postings.empty()) return;
    forms.told.found.insert(forms.told.found.end(), words.begin(), words.end());
    forms.entries += postings.size();
    forms.parts.push_back({found_phrases_.emplace_back(std::move(postings)), factor});
}

std::vector<Term> WordForms::live_terms_of(std::string_view folded) const {
    std::vector<Term> terms;
    if (const auto spelling = vocabulary_.lexicon().find(folded)) vocabulary_.append_live_terms(*spelling, terms);
    sort_unique(terms);
    return terms;
}

void WordForms::add_joined(FoundForms& forms, const AskedWord& asked) const {
    for (const std::string& joined : asked.joined) {
        const std::vector<Term> terms = live_terms_of(joined);
        if (terms.empty()) continue;
        add_terms(forms, terms, 1);
        forms.told.found.push_back(joined);
    }
}

void WordForms::add_split(FoundForms& forms, const QueryWord& word) {
    const std::string& folded = word.folded;
    const auto entries_of = [&](std::string_view part) {
        std::uint32_t entries = 0;
        for (const Term term : live_terms_of(part)) entries += vocabulary_.live_count(term);
        return entries;
    };
    const std::uint64_t least = std::max<std::uint64_t>(forms.entries, 1);
    std::vector<Split> splits;
    for (std::size_t at = 1; at < folded.size(); ++at) {
        if (!may_split(folded, at)) continue;
        const std::uint32_t front = entries_of(std::string_view(folded).substr(0, at));
        if (front < least) continue;
        const std::uint32_t entries = std::min(front, entries_of(std::string_view(folded).substr(at)));
        if (entries >= least && entries <= kSplitEntriesMax) splits.push_back({at, entries});
    }
    std::sort(splits.begin(), splits.end(), [](Split left, Split right) { return left.entries > right.entries; });
    if (splits.size() > kSplitsTried) splits.resize(kSplitsTried);
    for (const Split split : splits)
        add_phrase(forms, std::vector{folded.substr(0, split.at), folded.substr(split.at)}, 1);
}

// Do not make the word more frequent than it is, unless it is not there.
void WordForms::add_synonyms(FoundForms& forms, const QueryWord& word) {
    const bool alone = forms.parts.empty();
    const std::uint64_t entries = forms.entries;
    for (const std::vector<std::string>& other : synonyms_.of(word)) {
        if (other.size() > 1) {
            add_phrase(forms, other, kSynonymFactor);
            continue;
        }
        const std::vector<Term> terms = terms_of({.lower = other.front(), .folded = other.front()});
        if (terms.empty()) continue;
        add_terms(forms, terms, kSynonymFactor);
        forms.told.found.push_back(other.front());
    }
    if (!alone) forms.entries = entries;
}

void WordForms::add_beginnings(FoundForms& forms, const QueryWord& word) const {
    std::vector<Spelling> spellings;
    std::vector<Term> terms;
    vocabulary_.lexicon().tell_beginning_with(word.folded, [&](Spelling spelling) {
        const std::size_t before = terms.size();
        vocabulary_.append_live_terms(spelling, terms);
        if (terms.size() > before) spellings.push_back(spelling);
        return spellings.size() < kBeginningsSeen;
    });
    if (terms.empty()) return;
    sort_unique(terms);
    const auto more = [&](Term left, Term right) {
        const auto first = vocabulary_.live_count(left), second = vocabulary_.live_count(right);
        return first != second ? first > second : left < right;
    };
    const std::size_t kept = std::min(terms.size(), kBeginningsMax);
    std::partial_sort(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(kept), terms.end(), more);
    terms.resize(kept);
    add_terms(forms, terms, kBeginningFactor);
    forms.told.match = IndexMatch::kBeginning;
    for (const Spelling spelling : spellings) {
        if (forms.told.found.size() == kToldMax) break;
        const std::string_view text = vocabulary_.lexicon().text(spelling);
        if (text != word.folded) forms.told.found.emplace_back(text);
    }
}

void WordForms::add_similar(FoundForms& forms, const QueryWord& word) {
    if (++guesses_ > kGuessesMax) return;
    for (const SimilarWord& similar : find_similar(vocabulary_, word.folded)) {
        add_terms(forms, similar.terms, kSimilarFactor);
        forms.told.match = IndexMatch::kSimilar;
        forms.told.found.emplace_back(vocabulary_.lexicon().text(similar.spelling));
    }
}

}  // namespace engram::search
