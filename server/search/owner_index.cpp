#include "search/owner_index.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "search/best.hpp"
#include "search/blend.hpp"
#include "search/filter.hpp"
#include "search/hinted.hpp"
#include "search/meaning.hpp"

namespace engram::search {
namespace {

// Dead entries cost a little in every search; closing their gaps costs time in proportion to the whole index.
constexpr std::size_t kDeadMin = 64;
constexpr std::size_t kDeadShareMax = 4;  // one in four

// By words alone, beside a memory that has each word without end: docs/search.md.
constexpr float kHintsWorth = 0.2F;

std::size_t as_count(int value) { return value < 0 ? 0 : static_cast<std::size_t>(value); }

}  // namespace

OwnerIndex::OwnerIndex(std::pmr::memory_resource* upstream)
    : arena_(upstream),
      documents_(arena_.memory()),
      time_order_(arena_.memory()),
      vocabulary_(arena_.memory()),
      vectors_(arena_.memory()) {}

void OwnerIndex::apply(const ports::IndexChange& change, const std::vector<Token>& tokens) {
    if (change.revision <= seen_revision_) return;
    const std::optional<Doc> before = remove(change.id);
    if (!change.deleted) {
        const Doc now = add(change, tokens);
        if (before) vectors_.move(*before, now);
    } else if (before) {
        vectors_.remove(*before);
    }
    seen_revision_ = change.revision;
}

void OwnerIndex::apply(const ports::IndexVectors& vectors) {
    if (const auto doc = documents_.find(vectors.id)) vectors_.put(vectors.model, *doc, vectors.passages);
    mark_vectors(vectors.revision);
}

void OwnerIndex::mark_applied(std::int64_t revision) {
    applied_revision_ = seen_revision_ = std::max(seen_revision_, revision);
    time_order_.catch_up(documents_);
}

std::optional<Doc> OwnerIndex::remove(const base::Uuid& id) {
    const auto doc = documents_.find(id);
    if (!doc) return doc;
    terms_.clear();
    for (const Word word : documents_.words(*doc)) {
        if (word == kNoWord) continue;
        vocabulary_.remove_use(word);
        terms_.push_back(vocabulary_.term_of(word));
    }
    sort_unique(terms_);
    for (const Term term : terms_) vocabulary_.remove_live(term);
    documents_.remove(*doc);
    conversations_.reset();
    return doc;
}

Doc OwnerIndex::add(const ports::IndexChange& change, const std::vector<Token>& tokens) {
    const Language language = language_of(change.language);
    const std::string_view text = change.text;
    words_.clear();
    aside_.clear();
    std::uint32_t length = 0;
    std::size_t field_end = text.find(ports::kFieldEnd);
    for (const Token& token : tokens) {
        if (field_end < token.begin) {
            words_.push_back(*vocabulary_.intern(text.substr(field_end, 1), TokenKind::kSymbol, language));
            field_end = text.find(ports::kFieldEnd, token.begin);
        }
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
    const bool alone = change.conversation.empty();
    return add_document(
        {.row = {.id = change.id,
                 .revision = change.revision,
                 .length = length,
                 .language = language,
                 .asks = change.asks,
                 .conversation = alone ? kNoConversation : documents_.intern_label(change.conversation)},
         .created_at = change.created_at,
         .category = documents_.intern_label(change.category),
         .source = documents_.intern_label(change.source),
         .marks = marks_,
         .words = words_});
}

Doc OwnerIndex::add_document(const NewDocument& document) {
    const Doc doc = documents_.add(document);
    conversations_.reset();
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
    return doc;
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
    mark_vectors(other.applied_vectors_);
    return true;
}

void OwnerIndex::copy_document(const OwnerIndex& other, Doc doc) {
    const auto label = [&](std::uint32_t number) { return documents_.intern_label(other.documents_.label(number)); };
    words_.clear();
    for (const Word word : other.documents_.words(doc))
        words_.push_back(word == kNoWord ? kNoWord : copy_word(other, word));
    marks_.clear();
    for (const std::uint32_t mark : other.documents_.marks(doc)) marks_.push_back(label(mark));
    DocumentRow row = other.documents_.row(doc);
    if (row.conversation != kNoConversation) row.conversation = label(row.conversation);
    const Doc copy = add_document({.row = row,
                                   .created_at = other.documents_.created_at(doc),
                                   .category = label(other.documents_.category(doc)),
                                   .source = label(other.documents_.source(doc)),
                                   .marks = marks_,
                                   .words = words_});
    vectors_.copy(other.vectors_, doc, copy);
}

Word OwnerIndex::copy_word(const OwnerIndex& other, Word word) {
    if (word >= copied_words_.size()) copied_words_.resize(other.vocabulary_.word_count(), kNoWord);
    Word& copy = copied_words_[word];
    if (copy == kNoWord) copy = vocabulary_.take(other.vocabulary_, word);
    return copy;
}

ports::IndexAnswer OwnerIndex::search(const ports::IndexQuery& query, const ports::IndexMeaning& meaning) const {
    const QueryPlan plan(documents_, vocabulary_, query);
    const Filter filter(documents_, query.filter, plan.allowed());
    ports::IndexAnswer answer;
    answer.words = plan.words();
    answer.known_marks = known_marks(documents_, query.hints);
    std::optional<Facets> facets;
    if (query.facets) facets.emplace(documents_);
    Facets* const counted = facets ? &*facets : nullptr;
    if (plan.is_open() && query.hints.empty()) {
        list_all(filter, query, counted, answer);
    } else if (meaning.asked.empty() || !blend_all(plan, filter, query, meaning, counted, answer)) {
        answer.lacks_meaning = !meaning.asked.empty() && documents_.live_count() > 0;
        if (plan.is_open())
            rank_by_hints(filter, query, counted, answer);
        else
            rank_all(plan, filter, query, counted, answer);
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
    const Hints hints(documents_, query.hints);
    const Raise raise{hints, hints.empty() ? 0 : kHintsWorth * plan.ideal()};
    add_hits(rank(documents_, filter, plan.groups(), wanted(query), facets, hints.empty() ? nullptr : &raise), query,
             plan.ideal() + raise.most, answer);
}

// Everything that passes, what fits the hints first.
void OwnerIndex::rank_by_hints(const Filter& filter, const ports::IndexQuery& query, Facets* facets,
                               ports::IndexAnswer& answer) const {
    const Hints hints(documents_, query.hints);
    Ranking ranking;
    Best best(documents_, std::max<std::size_t>(wanted(query), 1));
    for (std::size_t word = 0; !filter.is_empty() && word * 64 < documents_.size(); ++word) {
        const std::uint64_t passing = filter.pass(word, ~std::uint64_t{0});
        ranking.total += std::popcount(passing);
        if (facets != nullptr) facets->count(word, passing);
        for (std::uint64_t bits = passing; bits != 0; bits &= bits - 1) {
            const Doc doc = static_cast<Doc>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
            if (const float share = hints.share(doc); share >= best.threshold()) best.offer(share, doc);
        }
    }
    if (wanted(query) > 0) ranking.best = best.take();
    add_hits(ranking, query, 1, answer);
}

const Conversations& OwnerIndex::conversations() const {
    const std::lock_guard lock(making_conversations_);
    if (!conversations_) conversations_.emplace(documents_, time_order_.order());
    return *conversations_;
}

// False where nothing is known of what any entry means.
bool OwnerIndex::blend_all(const QueryPlan& plan, const Filter& filter, const ports::IndexQuery& query,
                           const ports::IndexMeaning& meaning, Facets* facets, ports::IndexAnswer& answer) const {
    const Conversations& all = conversations();
    const std::vector<float> meanings = standard_scores(vectors_, all, meaning.asked);
    if (meanings.empty()) return false;
    Blended asked{.hints = query.hints, .meanings = meanings};
    if (meaning.by_words) asked.groups = plan.groups(), asked.ideal = plan.ideal() / (kSaturation + 1);
    const Ranking ranking = blend(documents_, all, asked, filter, wanted(query), facets);
    add_hits(ranking, query, 1, answer);
    for (std::size_t i = 0; i < answer.hits.size(); ++i)
        answer.hits[i].nearest = nearest_passage(vectors_, ranking.best[as_count(query.offset) + i].doc, meaning.asked);
    return true;
}

std::size_t OwnerIndex::wanted(const ports::IndexQuery& query) const {
    const std::size_t offset = as_count(query.offset), limit = as_count(query.limit);
    return limit == 0 ? 0 : std::min(offset + limit, documents_.live_count());
}

// `whole`: the score that counts as 1.
void OwnerIndex::add_hits(const Ranking& ranking, const ports::IndexQuery& query, float whole,
                          ports::IndexAnswer& answer) const {
    answer.total = ranking.total;
    for (std::size_t i = as_count(query.offset); i < ranking.best.size(); ++i) {
        const RankedDoc& hit = ranking.best[i];
        answer.hits.push_back(documents_.hit(hit.doc, double{hit.score / whole}));
    }
}

void OwnerIndex::list_all(const Filter& filter, const ports::IndexQuery& query, Facets* facets,
                          ports::IndexAnswer& answer) const {
    ports::IndexPage page =
        time_order_.list(documents_, filter, std::nullopt, as_count(query.limit), as_count(query.offset));
    answer.total = page.total;
    answer.hits = std::move(page.hits);
    for (std::size_t word = 0; facets != nullptr && !filter.is_empty() && word * 64 < documents_.size(); ++word)
        facets->count(word, filter.pass(word, ~std::uint64_t{0}));
}

ports::IndexPage OwnerIndex::list(const ports::IndexFilter& filter, const std::optional<ports::IndexPlace>& before,
                                  std::size_t limit, std::size_t offset) const {
    return time_order_.list(documents_, Filter(documents_, filter), before, limit, offset);
}

}  // namespace engram::search
