#include "search/owner_index.hpp"

#include <algorithm>
#include <list>

#include "search/analysis.hpp"
#include "search/filter.hpp"

namespace engram::search {
namespace {

// Dead entries cost a little in every search; closing their gaps costs time in proportion to the whole index.
constexpr std::size_t kDeadMin = 64;
constexpr std::size_t kDeadShareMax = 4;  // one in four

// A language whose stop words are dropped from queries is that of at least one entry in eight.
constexpr std::size_t kMainLanguageShare = 8;

constexpr std::size_t kHitsMax = 1'000'000;

std::size_t as_count(int value) { return value < 0 ? 0 : std::min(static_cast<std::size_t>(value), kHitsMax); }

}  // namespace

OwnerIndex::OwnerIndex(std::pmr::memory_resource* upstream)
    : arena_(upstream), documents_(arena_.memory()), vocabulary_(arena_.memory()) {}

void OwnerIndex::apply(const ports::IndexChange& change, const std::vector<Token>& tokens) {
    if (change.revision <= applied_revision_) return;
    remove(change.id);
    if (!change.deleted) add(change, tokens);
    applied_revision_ = change.revision;
    compact_if_sparse();
}

void OwnerIndex::mark_applied(std::int64_t revision) { applied_revision_ = std::max(applied_revision_, revision); }

void OwnerIndex::remove(const base::Uuid& id) {
    const auto doc = documents_.find(id);
    if (!doc) return;
    for (const Term term : documents_.terms(*doc)) vocabulary_.remove_live(term);
    documents_.remove(*doc);
}

void OwnerIndex::add(const ports::IndexChange& change, const std::vector<Token>& tokens) {
    const Language language = language_of(change.language);
    const std::string_view text = change.text;
    terms_of_text_.clear();
    std::uint32_t length = 0;
    for (const Token& token : tokens) {
        const auto raw = text.substr(token.begin, token.end - token.begin);
        if (const auto term = vocabulary_.intern(raw, token.kind, language)) terms_of_text_.push_back(*term);
        length += token.kind == TokenKind::kSingle ? 0 : 1;
    }
    std::sort(terms_of_text_.begin(), terms_of_text_.end());
    distinct_terms_.assign(terms_of_text_.begin(), terms_of_text_.end());
    distinct_terms_.erase(std::unique(distinct_terms_.begin(), distinct_terms_.end()), distinct_terms_.end());
    const Doc doc = documents_.add(change, language, distinct_terms_, length);
    auto at = terms_of_text_.begin();
    for (const Term term : distinct_terms_) {
        const auto next = std::find_if(at, terms_of_text_.end(), [&](Term other) { return other != term; });
        vocabulary_.add_posting(term, make_posting(doc, impact_code(static_cast<std::uint32_t>(next - at), length)));
        at = next;
    }
}

void OwnerIndex::compact_if_sparse() {
    const std::size_t dead = documents_.size() - documents_.live_count();
    if (dead < kDeadMin || dead * kDeadShareMax < documents_.size()) return;
    vocabulary_.renumber(documents_.compact());
}

// The languages of at least one in `share_min` entries; at 0 all that any entry has.
std::vector<Language> OwnerIndex::languages_seen(std::size_t share_min) const {
    std::vector<Language> seen;
    for (std::size_t i = 0; i < kLanguageCount; ++i) {
        const std::size_t count = documents_.live_count_in(static_cast<Language>(i));
        if (count > 0 && (share_min == 0 || count * share_min >= documents_.live_count()))
            seen.push_back(static_cast<Language>(i));
    }
    return seen;
}

std::uint64_t OwnerIndex::count_live(std::span<const Posting> postings) const {
    return static_cast<std::uint64_t>(std::count_if(
        postings.begin(), postings.end(), [&](Posting posting) { return documents_.is_live(doc_of(posting)); }));
}

ports::IndexAnswer OwnerIndex::search(const ports::IndexQuery& query) const {
    ports::IndexAnswer answer;
    std::vector<QueryWord> words = query_words(query.text);
    drop_stop_words(words, languages_seen(kMainLanguageShare));
    const std::vector<Language> languages = languages_seen(0);
    std::vector<WeightedPostings> lists;
    std::list<std::vector<Posting>> merged;  // stays put while `lists` looks into it
    float ideal = 0;
    for (QueryWord& word : words) {
        std::vector<std::span<const Posting>> forms;
        std::uint64_t with_word = 0;
        for (const Term term : vocabulary_.find(word, languages)) {
            forms.push_back(vocabulary_.postings(term));
            with_word = vocabulary_.live_count(term);
        }
        if (forms.size() > 1) {
            forms = {merged.emplace_back(merge_postings(forms))};
            with_word = count_live(forms.front());
        }
        const float weight = inverse_frequency(documents_.live_count(), with_word);
        if (!forms.empty()) lists.push_back({forms.front(), weight});
        ideal += weight * (kSaturation + 1);
        answer.words.push_back(std::move(word.folded));
    }
    const std::size_t offset = as_count(query.offset);
    const Ranking ranking =
        rank(documents_, Filter(documents_, query), lists, std::min(offset + as_count(query.limit), documents_.size()));
    answer.total = ranking.total;
    for (std::size_t i = offset; i < ranking.best.size(); ++i) {
        const RankedDoc& hit = ranking.best[i];
        answer.hits.push_back({documents_.id(hit.doc), documents_.created_at(hit.doc), double{hit.score / ideal}});
    }
    return answer;
}

}  // namespace engram::search
