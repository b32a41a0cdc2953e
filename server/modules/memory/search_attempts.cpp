#include "modules/memory/search_attempts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "modules/memory/memory_filter.hpp"
#include "modules/memory/query_signs.hpp"

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

void add_instead(Interpreted& told, IndexWord&& word) {
    std::ranges::copy(word.found, std::back_inserter(told.words));
    told.corrected.insert_or_assign(std::move(word.typed), std::move(word.found));
}

// A word is only said to go on while it is typed: else other words were looked for instead of it.
void add_word(Interpreted& told, IndexWord&& word, const Manner& manner) {
    switch (word.match) {
        case IndexMatch::kExact:
            told.words.push_back(std::move(word.typed));
            break;
        case IndexMatch::kBeginning:
            if (!manner.typing) return add_instead(told, std::move(word));
            told.words.push_back(word.typed);
            told.completed.insert_or_assign(std::move(word.typed), std::move(word.found));
            break;
        case IndexMatch::kSimilar:
            add_instead(told, std::move(word));
            break;
        case IndexMatch::kNothing:
            told.dropped.push_back({std::move(word.typed), manner.by_meaning
                                                               ? "No memory has this word: only its meaning counts."
                                                               : "No memory has this word, nor anything like it."});
            break;
    }
}

// Who says "in March" means the last one, or perhaps that of a year before; days are remembered roughly.
constexpr int kYearsBack = 5, kWeeksBack = 8;
constexpr float kEarlierShare = 0.7F, kRoughShare = 0.5F, kVagueShare = 0.5F;

void add_span(ports::IndexHint& hint, std::optional<base::Time> from, std::optional<base::Time> to,
              std::chrono::days back, std::chrono::days ahead, float share) {
    if (from) *from -= back;
    if (to) *to -= back;
    hint.spans.push_back({from, to, share});
    if (!from || !to) return;
    const base::Time::duration rough = std::max<base::Time::duration>(std::chrono::days(1), (*to - *from) / 4);
    hint.spans.push_back({*from - std::max<base::Time::duration>(rough, ahead), *to + rough, share * kRoughShare});
}

// Of two words the second may be none of the tag's.
std::vector<std::string> marks_of(const QueryHint& said) {
    if (said.kind == "person") return {from_mark(said.value)};
    if (said.kind != "tag") return {};
    std::vector<std::string> marks{folded_tag_mark(said.value)};
    if (const std::size_t space = said.value.find(' '); space != std::string::npos)
        marks.push_back(folded_tag_mark(said.value.substr(0, space)));
    return marks;
}

// The class behind the word that people see; of the two everyday ones, the one that holds what is no event.
std::string class_of(std::string_view shown) {
    if (shown == "private") return "confidential";
    if (shown == "locked") return "secret";
    if (shown == "sealed") return "ultrasecret";
    return "general";
}

ports::IndexHint index_hint(const QueryHint& said) {
    ports::IndexHint hint;
    if (said.date) {
        const int back = said.date->repeats == Repeats::kYearly   ? kYearsBack
                         : said.date->repeats == Repeats::kWeekly ? kWeeksBack
                                                                  : 0;
        const float first = said.date->vague ? kVagueShare : 1;
        const double days = said.date->repeats == Repeats::kYearly ? 365.25 : 7;
        for (int i = 0; i <= back; ++i)
            add_span(hint, said.from, said.to, std::chrono::days(std::lround(i * days)),
                     std::chrono::days(said.date->days_ahead), i == 0 ? first : kEarlierShare);
    }
    hint.marks = marks_of(said);
    if (said.kind == "class") hint.category = class_of(said.value);
    return hint;
}

// Days of which either may be meant are one hint.
std::vector<ports::IndexHint> index_hints(const std::vector<QueryHint>& said) {
    std::vector<ports::IndexHint> hints;
    const QueryHint* last = nullptr;
    for (const QueryHint& hint : said) {
        ports::IndexHint made = index_hint(hint);
        if (hint.kind == "date" && hint.date->or_before && last != nullptr && last->kind == "date")
            std::ranges::move(made.spans, std::back_inserter(hints.back().spans));
        else
            hints.push_back(std::move(made));
        last = &hint;
    }
    return hints;
}

// The plain words but those that only say when or of what kind; `none`: also those that may stand in a text.
std::string without_hints(const ParsedQuery& typed, bool none) {
    std::string text;
    std::size_t begin = 0;
    for (const QueryHint& hint : typed.hints) {
        text.append(typed.text, begin, hint.begin - begin);
        begin = none && hint.kind != "person" ? hint.end : hint.cut_end;
    }
    return text.append(typed.text, begin);
}

// What is to be left out always holds; days never are, they are told as those that stay.
bool leaves_out(const std::string& filter) { return filter.starts_with('-'); }

}  // namespace

std::vector<Attempt> attempts_of(const ParsedQuery& typed) {
    const bool alone = typed.only_hints;
    std::vector<Attempt> attempts{{.hints_alone = alone}};
    const auto has_words_of_its_own = [](const QueryHint& hint) { return hint.cut_end > hint.begin; };
    if (!alone && std::ranges::any_of(typed.hints, has_words_of_its_own)) attempts.push_back({.hints_as_words = true});
    if (!alone && !typed.hints.empty() && !has_word(without_hints(typed, true)))
        attempts.push_back({.hints_alone = true});
    if (!typed.phrases.empty()) attempts.push_back({.phrases_as_words = true});
    if (std::ranges::all_of(typed.filters, leaves_out) || !typed.asks_for_words()) return attempts;
    attempts.push_back({.without_operators = true, .hints_alone = alone});
    if (!typed.phrases.empty()) attempts.push_back({.phrases_as_words = true, .without_operators = true});
    return attempts;
}

void forget_unknown(std::vector<QueryHint>& hints, const std::vector<std::string>& known_marks) {
    const auto is_known = [&](const std::string& mark) {
        return std::ranges::find(known_marks, mark) != known_marks.end();
    };
    std::erase_if(hints, [&](QueryHint& hint) {
        const std::vector<std::string> marks = marks_of(hint);
        if (marks.empty() || std::ranges::any_of(marks, is_known)) return false;
        if (!hint.date) return true;
        hint.kind = "date";
        hint.means = text_of(hint.date->days);
        return false;
    });
}

std::vector<Dropped> given_up(const ParsedQuery& typed, const Attempt& attempt) {
    std::vector<Dropped> dropped;
    if (attempt.phrases_as_words)
        for (const std::string& phrase : typed.phrases)
            dropped.push_back(
                {"\"" + phrase + "\"", "Nothing was found with these words side by side: they count one by one."});
    if (attempt.without_operators)
        for (const std::string& filter : typed.filters)
            if (!leaves_out(filter))
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
    ports::IndexFilter kept = typed.filter;
    if (attempt.without_operators) kept = {.without = std::move(kept.without)};
    narrow_by(query.filter, kept);
    if (attempt.phrases_as_words)
        for (const std::string& phrase : typed.phrases) (query.text += phrase) += ' ';
    else
        query.phrases = typed.phrases;
    if (!attempt.hints_alone) query.text += attempt.hints_as_words ? typed.text : without_hints(typed, false);
    query.hints = index_hints(typed.hints);
    return query;
}

Interpreted interpretation(const ParsedQuery& typed, const Attempt& attempt, std::vector<IndexWord>&& words,
                           const Manner& manner) {
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
    const auto holds = [&](const std::string& filter) { return !attempt.without_operators || leaves_out(filter); };
    std::ranges::copy_if(typed.filters, std::back_inserter(told.filters), holds);
    for (const QueryHint& hint : typed.hints) told.hints.push_back({hint.text, std::string(hint.kind), hint.means});
    std::ranges::move(given_up(typed, attempt), std::back_inserter(told.dropped));
    for (IndexWord& word : words) add_word(told, std::move(word), manner);
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
