#include "search/owner_index.hpp"

#include <algorithm>
#include <optional>

#include "search/filter.hpp"

namespace engram::search {
namespace {

// Dead entries cost a little in every search; closing their gaps costs time in proportion to the whole index.
constexpr std::size_t kDeadMin = 64;
constexpr std::size_t kDeadShareMax = 4;  // one in four

std::size_t as_count(int value) { return value < 0 ? 0 : static_cast<std::size_t>(value); }

}  // namespace

OwnerIndex::OwnerIndex(std::pmr::memory_resource* upstream)
    : arena_(upstream), documents_(arena_.memory()), time_order_(arena_.memory()), vocabulary_(arena_.memory()) {}

void OwnerIndex::apply(const ports::IndexChange& change, const std::vector<Token>& tokens) {
    if (change.revision <= seen_revision_) return;
    remove(change.id);
    if (!change.deleted) add(change, tokens);
    seen_revision_ = change.revision;
}

void OwnerIndex::mark_applied(std::int64_t revision) {
    applied_revision_ = seen_revision_ = std::max(seen_revision_, revision);
    time_order_.catch_up(documents_);
}

void OwnerIndex::remove(const base::Uuid& id) {
    const auto doc = documents_.find(id);
    if (!doc) return;
    terms_.clear();
    for (const Word word : documents_.words(*doc)) {
        if (word == kNoWord) continue;
        vocabulary_.remove_use(word);
        terms_.push_back(vocabulary_.term_of(word));
    }
    sort_unique(terms_);
    for (const Term term : terms_) vocabulary_.remove_live(term);
    documents_.remove(*doc);
}

void OwnerIndex::add(const ports::IndexChange& change, const std::vector<Token>& tokens) {
    const Language language = language_of(change.language);
    const std::string_view text = change.text;
    words_.clear();
    aside_.clear();
    std::uint32_t length = 0;
    for (const Token& token : tokens) {
        const auto raw = text.substr(token.begin, token.end - token.begin);
        const auto word = vocabulary_.intern(raw, token.kind, language);
        length += counts_as_word(token.kind) ? 1 : 0;
        if (word) (counts_as_word(token.kind) ? words_ : aside_).push_back(*word);
    }
    if (!aside_.empty()) {
        words_.push_back(kNoWord);
        words_.insert(words_.end(), aside_.begin(), aside_.end());
    }
    marks_.clear();
    for (const std::string& mark : change.marks) marks_.push_back(documents_.intern_label(mark));
    add_document({.row = {.id = change.id, .length = length, .language = language},
                  .created_at = change.created_at,
                  .category = documents_.intern_label(change.category),
                  .source = documents_.intern_label(change.source),
                  .marks = marks_,
                  .words = words_});
}

void OwnerIndex::add_document(const NewDocument& document) {
    const Doc doc = documents_.add(document);
    terms_.clear();
    for (const Word word : document.words) {
        if (word == kNoWord) continue;
        vocabulary_.add_use(word);
        terms_.push_back(vocabulary_.term_of(word));
    }
    std::sort(terms_.begin(), terms_.end());
    for (auto at = terms_.begin(); at != terms_.end();) {
        const auto next = std::find_if(at, terms_.end(), [&](Term other) { return other != *at; });
        const ImpactCode code = impact_code(static_cast<std::uint32_t>(next - at), document.row.length);
        vocabulary_.add_posting(*at, make_posting(doc, code));
        at = next;
    }
}

bool OwnerIndex::is_sparse() const {
    const std::size_t dead = documents_.size() - documents_.live_count();
    return dead >= kDeadMin && dead * kDeadShareMax >= documents_.size();
}

bool OwnerIndex::copy_from(const OwnerIndex& other, std::size_t count) {
    for (; count > 0 && copied_ < other.documents_.size(); --count, ++copied_)
        if (other.documents_.is_live(copied_)) copy_document(other, copied_);
    if (copied_ < other.documents_.size()) return false;
    copied_words_ = {};
    mark_applied(other.applied_revision_);
    return true;
}

void OwnerIndex::copy_document(const OwnerIndex& other, Doc doc) {
    const auto label = [&](std::uint32_t number) { return documents_.intern_label(other.documents_.label(number)); };
    words_.clear();
    for (const Word word : other.documents_.words(doc))
        words_.push_back(word == kNoWord ? kNoWord : copy_word(other, word));
    marks_.clear();
    for (const std::uint32_t mark : other.documents_.marks(doc)) marks_.push_back(label(mark));
    add_document({.row = other.documents_.row(doc),
                  .created_at = other.documents_.created_at(doc),
                  .category = label(other.documents_.category(doc)),
                  .source = label(other.documents_.source(doc)),
                  .marks = marks_,
                  .words = words_});
}

Word OwnerIndex::copy_word(const OwnerIndex& other, Word word) {
    if (word >= copied_words_.size()) copied_words_.resize(other.vocabulary_.word_count(), kNoWord);
    Word& copy = copied_words_[word];
    if (copy == kNoWord) copy = vocabulary_.take(other.vocabulary_, word);
    return copy;
}

ports::IndexAnswer OwnerIndex::search(const ports::IndexQuery& query) const {
    const QueryPlan plan(documents_, vocabulary_, query);
    const Filter filter(documents_, query.filter, plan.allowed());
    ports::IndexAnswer answer;
    answer.words = plan.words();
    std::optional<Facets> facets;
    if (query.facets) facets.emplace(documents_);
    if (plan.is_open()) {
        list_all(filter, query, facets ? &*facets : nullptr, answer);
    } else {
        rank_all(plan, filter, query, facets ? &*facets : nullptr, answer);
    }
    if (facets) {
        answer.categories = facets->categories();
        answer.sources = facets->sources();
        answer.marks = facets->marks();
    }
    return answer;
}

void OwnerIndex::rank_all(const QueryPlan& plan, const Filter& filter, const ports::IndexQuery& query, Facets* facets,
                          ports::IndexAnswer& answer) const {
    const std::size_t offset = as_count(query.offset), limit = as_count(query.limit);
    const std::size_t wanted = limit == 0 ? 0 : std::min(offset + limit, documents_.live_count());
    const Ranking ranking = rank(documents_, filter, plan.groups(), wanted, facets);
    answer.total = ranking.total;
    for (std::size_t i = offset; i < ranking.best.size(); ++i) {
        const RankedDoc& hit = ranking.best[i];
        answer.hits.push_back(
            {documents_.id(hit.doc), documents_.created_at(hit.doc), double{hit.score / plan.ideal()}});
    }
}

void OwnerIndex::list_all(const Filter& filter, const ports::IndexQuery& query, Facets* facets,
                          ports::IndexAnswer& answer) const {
    const ports::IndexPage page =
        time_order_.list(documents_, filter, std::nullopt, as_count(query.limit), as_count(query.offset));
    answer.total = page.total;
    for (const ports::IndexPlace& place : page.places) answer.hits.push_back({place.id, place.created_at, 1});
    for (std::size_t word = 0; facets != nullptr && !filter.is_empty() && word * 64 < documents_.size(); ++word)
        facets->count(word, filter.pass(word, ~std::uint64_t{0}));
}

ports::IndexPage OwnerIndex::list(const ports::IndexFilter& filter, const std::optional<ports::IndexPlace>& before,
                                  std::size_t limit, std::size_t offset) const {
    return time_order_.list(documents_, Filter(documents_, filter), before, limit, offset);
}

}  // namespace engram::search
