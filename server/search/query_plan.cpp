#include "search/query_plan.hpp"

#include <algorithm>

#include "search/phrases.hpp"

namespace engram::search {
namespace {

// A language whose stop words are dropped from queries is that of at least one entry in eight.
constexpr std::size_t kMainLanguageShare = 8;

// With what each word and its neighbours make when written together.
std::vector<AskedWord> ask(std::vector<QueryWord>&& words, std::string_view query,
                           const std::vector<std::string>& right) {
    std::vector<AskedWord> asked;
    for (QueryWord& word : words) {
        std::string typed = word_as_told(word, query);
        const bool is_right = std::ranges::find(right, word.folded) != right.end();
        asked.push_back({.word = std::move(word), .typed = std::move(typed), .is_right = is_right, .joined = {}});
    }
    for (std::size_t i = 1; i < asked.size(); ++i) {
        if (asked[i - 1].word.kind != TokenKind::kWord || asked[i].word.kind != TokenKind::kWord) continue;
        const std::string joined = asked[i - 1].word.folded + asked[i].word.folded;
        asked[i - 1].joined.push_back(joined);
        asked[i].joined.push_back(joined);
    }
    return asked;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

QueryPlan::QueryPlan(const Documents& documents, const Vocabulary& vocabulary, const ports::IndexQuery& query)
    : documents_(documents), vocabulary_(vocabulary), is_open_(is_blank(query.text) && query.phrases.empty()) {
    const std::vector<Language> languages = languages_seen(0);
    const Synonyms synonyms(query.synonyms, languages);
    WordForms forms(documents, vocabulary, languages, synonyms, found_phrases_);
    for (const AskedWord& asked : asked_words(query, forms)) add_word(forms, asked);
    for (const std::string& phrase : query.phrases) add_phrase(forms, phrase);
    for (const std::string& excluded : query.excluded) exclude(forms, excluded);
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

// Without stop words, unless there is nothing else. One that is still being typed may become any word.
std::vector<AskedWord> QueryPlan::asked_words(const ports::IndexQuery& query, const WordForms& forms) const {
    std::vector<QueryWord> words = query_words(query.text);
    settle_phones(words, [&](const QueryWord& word) { return !forms.terms_of(word).empty(); });
    std::vector<AskedWord> asked = ask(std::move(words), query.text, query.right_words);
    if (asked.empty()) return asked;
    asked.back().unfinished = query.typing && ends_in_word(query.text);
    const std::vector<Language> languages = languages_seen(kMainLanguageShare);
    const auto is_dropped = [&](const AskedWord& one) {
        return !one.unfinished && is_stop_word_of_any(one.word, languages);
    };
    if (!std::all_of(asked.begin(), asked.end(), is_dropped)) std::erase_if(asked, is_dropped);
    return asked;
}

void QueryPlan::add_word(WordForms& forms, const AskedWord& asked) {
    FoundForms found = forms.find(asked);
    add_group(std::move(found.parts), weight_of(found.entries));
    words_.push_back(std::move(found.told));
}

void QueryPlan::add_phrase(WordForms& forms, std::string_view text) {
    const std::vector<QueryWord> words = words_in_order(text);
    if (words.empty()) return;
    std::vector<AnyTerm> terms;
    float weight = 0;
    for (const QueryWord& word : words) {
        std::uint64_t entries = 0;
        for (const Term term : terms.emplace_back(forms.terms_of(word))) entries += vocabulary_.live_count(term);
        weight += weight_of(entries);
    }
    const auto& found = found_phrases_.emplace_back(find_phrase(documents_, vocabulary_, terms));
    allow(docs_of(found));
    add_group({{found, 1}}, weight);
}

void QueryPlan::exclude(WordForms& forms, std::string_view text) {
    std::vector<AnyTerm> terms;
    for (const QueryWord& word : words_in_order(text)) terms.push_back(forms.terms_of(word));
    DocSet docs = docs_of(find_phrase(documents_, vocabulary_, terms));
    docs.complement();
    allow(docs);
}

DocSet QueryPlan::docs_of(std::span<const Posting> postings) const {
    DocSet docs(documents_.size());
    for (const Posting posting : postings) docs.add(doc_of(posting));
    return docs;
}

void QueryPlan::allow(const DocSet& docs) {
    if (allowed_) {
        allowed_->intersect(docs);
    } else {
        allowed_ = docs;
    }
}

// Forms are counted apart, so that they may seem to be in more entries than there are.
float QueryPlan::weight_of(std::uint64_t entries) const {
    const std::uint64_t all = documents_.live_count();
    return inverse_frequency(all, std::min(entries, all));
}

void QueryPlan::add_group(std::vector<Part> parts, float weight) {
    ideal_ += weight * (kSaturation + 1);
    if (!parts.empty()) groups_.push_back({std::move(parts), weight});
}

}  // namespace engram::search
