#include "modules/memory/search_attempts.hpp"

#include <algorithm>
#include <iterator>

#include "modules/memory/memory_filter.hpp"

namespace engram::memory {
namespace {

using ports::IndexMatch;
using ports::IndexWord;

constexpr std::size_t kTagFacetsMax = 50;

void narrow_by(ports::IndexFilter& filter, const ports::IndexFilter& more) {
    std::ranges::copy(more.marks, std::back_inserter(filter.marks));
    std::ranges::copy(more.without, std::back_inserter(filter.without));
    if (more.from) filter.from = filter.from ? std::max(*filter.from, *more.from) : *more.from;
    if (more.to) filter.to = filter.to ? std::min(*filter.to, *more.to) : *more.to;
}

void add_word(Interpreted& told, IndexWord&& word) {
    switch (word.match) {
        case IndexMatch::kExact:
            told.words.push_back(std::move(word.typed));
            break;
        case IndexMatch::kBeginning:
            told.words.push_back(word.typed);
            told.completed.insert_or_assign(std::move(word.typed), std::move(word.found));
            break;
        case IndexMatch::kSimilar:
            std::ranges::copy(word.found, std::back_inserter(told.words));
            told.corrected.insert_or_assign(std::move(word.typed), std::move(word.found));
            break;
        case IndexMatch::kNothing:
            told.dropped.push_back({std::move(word.typed), "No memory has this word, nor anything like it."});
            break;
    }
}

}  // namespace

std::vector<Attempt> attempts_of(const ParsedQuery& typed) {
    std::vector<Attempt> attempts{{}};
    if (!typed.phrases.empty()) attempts.push_back({.phrases_as_words = true});
    if (typed.filters.empty() || !typed.asks_for_words()) return attempts;
    attempts.push_back({.without_operators = true});
    if (!typed.phrases.empty()) attempts.push_back({.phrases_as_words = true, .without_operators = true});
    return attempts;
}

std::vector<Dropped> given_up(const ParsedQuery& typed, const Attempt& attempt) {
    std::vector<Dropped> dropped;
    if (attempt.phrases_as_words)
        for (const std::string& phrase : typed.phrases)
            dropped.push_back(
                {"\"" + phrase + "\"", "Nothing was found with these words side by side: they count one by one."});
    if (attempt.without_operators)
        for (const std::string& filter : typed.filters)
            dropped.push_back({filter, "Nothing was found so: the words were looked for everywhere."});
    return dropped;
}

ports::IndexQuery index_query(const SearchQuery& asked, const ParsedQuery& typed, const Attempt& attempt,
                              const WordFamilies& synonyms) {
    ports::IndexQuery query{.text = {},
                            .phrases = {},
                            .excluded = typed.excluded,
                            .synonyms = synonyms,
                            .typing = asked.typing && typed.open_end,
                            .facets = asked.facets,
                            .filter = index_filter(asked),
                            .limit = static_cast<int>(asked.limit),
                            .offset = static_cast<int>(asked.offset)};
    if (!attempt.without_operators) narrow_by(query.filter, typed.filter);
    if (attempt.phrases_as_words)
        for (const std::string& phrase : typed.phrases) (query.text += phrase) += ' ';
    else
        query.phrases = typed.phrases;
    query.text += typed.text;
    return query;
}

Interpreted interpretation(const ParsedQuery& typed, const Attempt& attempt, std::vector<IndexWord>&& words) {
    Interpreted told{.mode = "keyword",
                     .words = {},
                     .phrases = {},
                     .excluded = typed.excluded,
                     .filters = {},
                     .hints = {},
                     .corrected = {},
                     .completed = {},
                     .dropped = typed.not_understood};
    if (!attempt.phrases_as_words) told.phrases = typed.phrases;
    if (!attempt.without_operators) told.filters = typed.filters;
    for (const QueryHint& hint : typed.hints) told.hints.push_back({hint.text, std::string(hint.kind), hint.means});
    std::ranges::move(given_up(typed, attempt), std::back_inserter(told.dropped));
    for (IndexWord& word : words) add_word(told, std::move(word));
    return told;
}

Facets facets_of(const ports::IndexAnswer& answer) {
    Facets facets;
    auto& tags = facets["tag"];
    facets["classification"].insert(answer.categories.begin(), answer.categories.end());
    facets["source"].insert(answer.sources.begin(), answer.sources.end());
    for (const auto& [mark, count] : answer.marks)
        if (mark.starts_with(kTagMark) && tags.size() < kTagFacetsMax)
            tags.emplace(mark.substr(kTagMark.size()), count);
    return facets;
}

}  // namespace engram::memory
