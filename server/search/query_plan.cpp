#include "search/query_plan.hpp"

#include <algorithm>

namespace engram::search {
namespace {

// A language whose stop words are dropped from queries is that of at least one entry in eight.
constexpr std::size_t kMainLanguageShare = 8;

}  // namespace

QueryPlan::QueryPlan(const Documents& documents, const Vocabulary& vocabulary, std::string_view query)
    : documents_(documents), vocabulary_(vocabulary) {
    std::vector<QueryWord> words = query_words(query);
    drop_stop_words(words, languages_seen(kMainLanguageShare));
    const std::vector<Language> languages = languages_seen(0);
    for (const QueryWord& word : words) {
        add_word(word, languages);
        words_.push_back(word.folded);
    }
}

// The languages of at least one in `share_min` entries; at 0 all that any entry has.
std::vector<Language> QueryPlan::languages_seen(std::size_t share_min) const {
    std::vector<Language> seen;
    for (std::size_t i = 0; i < kLanguageCount; ++i) {
        const std::size_t count = documents_.live_count_in(static_cast<Language>(i));
        if (count > 0 && (share_min == 0 || count * share_min >= documents_.live_count()))
            seen.push_back(static_cast<Language>(i));
    }
    return seen;
}

// The forms of one word are one list, so that a form that is rare by chance gets no weight of its own.
void QueryPlan::add_word(const QueryWord& word, const std::vector<Language>& languages) {
    const std::vector<Term> terms = vocabulary_.find(word, languages);
    if (terms.empty()) return add_list({}, 0);
    if (terms.size() == 1) return add_list(vocabulary_.postings(terms[0]), vocabulary_.live_count(terms[0]));
    std::vector<std::span<const Posting>> forms;
    for (const Term term : terms) forms.push_back(vocabulary_.postings(term));
    const auto& merged = merged_.emplace_back(merge_postings(forms));
    const auto live = std::count_if(merged.begin(), merged.end(),
                                    [&](Posting posting) { return documents_.is_live(doc_of(posting)); });
    add_list(merged, static_cast<std::uint64_t>(live));
}

void QueryPlan::add_list(std::span<const Posting> postings, std::uint64_t live) {
    const float weight = inverse_frequency(documents_.live_count(), live);
    ideal_ += weight * (kSaturation + 1);
    if (!postings.empty()) lists_.push_back({postings, weight});
}

}  // namespace engram::search
