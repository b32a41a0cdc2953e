#include "search/owner_index.hpp"

#include <algorithm>

#include "search/filter.hpp"
#include "search/query_plan.hpp"

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
    if (change.revision <= applied_revision_) return;
    remove(change.id);
    if (!change.deleted) add(change, tokens);
    applied_revision_ = change.revision;
    compact_if_sparse();
}

void OwnerIndex::mark_applied(std::int64_t revision) {
    applied_revision_ = std::max(applied_revision_, revision);
    time_order_.catch_up(documents_);
}

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
    time_order_.catch_up(documents_);
    const std::vector<Doc> places = documents_.compact();
    time_order_.renumber(places);
    vocabulary_.renumber(places);
}

ports::IndexAnswer OwnerIndex::search(const ports::IndexQuery& query) const {
    const QueryPlan plan(documents_, vocabulary_, query.text);
    const std::size_t offset = as_count(query.offset), limit = as_count(query.limit);
    const std::size_t wanted = limit == 0 ? 0 : std::min(offset + limit, documents_.live_count());
    const Ranking ranking = rank(documents_, Filter(documents_, query.filter), plan.lists(), wanted);
    ports::IndexAnswer answer;
    answer.total = ranking.total;
    for (const std::string& word : plan.words()) answer.words.push_back({.typed = word});
    for (std::size_t i = offset; i < ranking.best.size(); ++i) {
        const RankedDoc& hit = ranking.best[i];
        answer.hits.push_back(
            {documents_.id(hit.doc), documents_.created_at(hit.doc), double{hit.score / plan.ideal()}});
    }
    return answer;
}

ports::IndexPage OwnerIndex::list(const ports::IndexFilter& filter, const std::optional<ports::IndexPlace>& before,
                                  std::size_t limit, std::size_t offset) const {
    return time_order_.list(documents_, Filter(documents_, filter), before, limit, offset);
}

}  // namespace engram::search
