#include "modules/memory/memory_finder.hpp"

#include <cmath>
#include <functional>

#include "modules/memory/excerpt.hpp"
#include "modules/memory/feed_store.hpp"
#include "modules/memory/list_cursor.hpp"
#include "modules/memory/memory_filter.hpp"
#include "modules/memory/memory_policy.hpp"
#include "modules/memory/search_attempts.hpp"
#include "modules/memory/synonyms.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kFeedPage = 500;

std::string searchable_text(const Memory& memory, const std::string& author) {
    std::string text = *memory.content;
    for (const std::string& more : {memory.title.value_or(""), memory.context.value_or(""), author})
        if (!more.empty()) (text += ports::kFieldEnd) += more;
    for (const std::string& tag : *memory.tags) (text += ports::kFieldEnd) += tag;
    return text;
}

ports::IndexChange change_of(store::FeedRow&& row) {
    ports::IndexChange change{.id = row.id, .revision = row.revision, .deleted = !row.memory};
    if (!row.memory) return change;
    change.created_at = row.memory->created_at;
    const std::string author = author_name(row.memory->metadata);
    change.text = searchable_text(*row.memory, author);
    change.language = std::move(row.language);
    change.marks = marks_of(*row.memory);
    change.conversation = conversation_of(*row.memory, author);
    change.asks = is_question(*row.memory->content);
    change.category = std::move(row.memory->classification);
    change.source = std::move(row.memory->source);
    return change;
}

// What a query asks beside its operators.
std::string words_of(const ParsedQuery& typed) {
    std::string words = typed.text;
    for (const std::string& phrase : typed.phrases) (words += words.empty() ? "" : " ") += phrase;
    return words;
}

// A text that is still being typed is looked for by its words: an answer to each key, and at once. "Last week" means
// nothing but its days, unless meaning alone is asked for.
bool wants_meaning(const SearchQuery& query, const ParsedQuery& typed) {
    const std::string mode = query.mode.value_or("hybrid");
    if (mode == "keyword" || query.typing || !typed.asks_for_words()) return false;
    return mode == "semantic" || !typed.only_hints;
}

// As far as it tells anything.
double rounded(double score) {
    constexpr double kShares = 10'000;
    return std::round(score * kShares) / kShares;
}

// What was found, in the content and wherever else it stands.
// `otherwise`: where the content begins to tell what was meant, for who finds no word in it.
std::vector<Highlight> highlights_of(const Memory& memory, std::string_view language,
                                     ports::SearchIndex::Marker& marker,
                                     const std::function<std::size_t()>& otherwise) {
    std::vector<Highlight> all;
    const std::vector<ports::Highlight> words = marker.mark(*memory.content, language);
    const bool wants_place = words.empty() && memory.content->size() > kExcerptBytes;
    all.push_back(excerpt("content", *memory.content, words, wants_place ? otherwise() : 0));
    const auto add = [&](const char* field, std::string_view text) {
        const auto spans = text.empty() ? std::vector<ports::Highlight>() : marker.mark(text, language);
        if (!spans.empty()) all.push_back(excerpt(field, text, spans));
    };
    add("title", memory.title.value_or(""));
    add("context", memory.context.value_or(""));
    add("author", author_name(memory.metadata));
    for (const std::string& tag : *memory.tags) add("tags", tag);
    return all;
}

}  // namespace

void MemoryFinder::feed(const base::Uuid& owner, std::int64_t after, const ports::SearchIndex::Apply& apply) {
    std::vector<store::FeedRow> page;
    do {
        database_.read(owner, [&](ports::Transaction& tx) { page = store::read_feed(tx, owner, after, kFeedPage); });
        for (store::FeedRow& row : page) {
            after = row.revision;
            apply(change_of(std::move(row)));
        }
    } while (std::ssize(page) == kFeedPage);
}

PersonState MemoryFinder::state_of(const base::Uuid& owner) {
    PersonState state;
    database_.read(owner,
                   [&](ports::Transaction& tx) { state = store::find_state(tx, owner).value_or(PersonState{}); });
    return state;
}

MemoryFinder::Listed MemoryFinder::list(const base::Uuid& owner, const MemoryFilter& filter,
                                        const std::optional<ListPlace>& before, std::size_t limit, std::size_t offset) {
    const PersonState state = state_of(owner);
    const auto feed_of_owner = [&](std::int64_t after, const auto& apply) { feed(owner, after, apply); };
    std::optional<ports::IndexPlace> place;
    if (before) place = ports::IndexPlace{before->created_at, before->id};
    return {index_.list(owner, state.epoch, state.revision, feed_of_owner, index_filter(filter), place, limit, offset),
            state.epoch};
}

// The index holds nothing of the trash, which is small: 30 days of it.
std::vector<Memory> MemoryFinder::trash(const base::Uuid& owner, const MemoryFilter& filter) {
    const ports::IndexFilter wanted = index_filter(filter);
    std::vector<Memory> found;
    ListPlace before = newest_place();
    for (std::size_t read = kFeedPage; read == kFeedPage;) {
        std::vector<Memory> page;
        database_.read(owner, [&](ports::Transaction& tx) {
            page = store::list(tx, owner, {.trash = true, .limit = kFeedPage}, before);
        });
        read = page.size();
        if (read > 0) before = {page.back().created_at, page.back().id};
        for (Memory& memory : page)
            if (passes(wanted, memory)) found.push_back(std::move(memory));
    }
    return found;
}

Wall MemoryFinder::wall_of(const base::Uuid& owner) {
    Wall wall{clock_.now(), {}};
    if (const auto person = users_.find(owner); person && person->time_zone)
        wall.zone = base::TimeZone::find(*person->time_zone).value_or(base::TimeZone());
    return wall;
}

SearchPage MemoryFinder::search(const Actor& actor, const SearchQuery& query) {
    const AskWall ask_wall = [&] { return wall_of(actor.owner); };
    ParsedQuery typed = parse_query(query.query, ask_wall);
    SearchPage page;
    if (typed.asks_for_nothing()) {
        page.interpreted = interpretation(typed, {}, {});
        return page;
    }
    if (!query.typing) find_hints(typed, ask_wall);
    ports::IndexMeaning meaning = meaning_of(actor.owner, query, typed, page.degraded);
    if (meaning.asked.empty() && wants_meaning(query, typed)) page.degraded.push_back("semantic");
    SearchState state;
    database_.read(actor.owner, [&](ports::Transaction& tx) { state = store::search_state(tx, actor.owner); });
    meaning.revision = state.vectors;
    Found found = find(actor.owner, state, query, typed, meaning);
    page.total = found.answer.total;
    if (query.facets) page.facets = facets_of(found.answer);
    page.results = read_hits(actor, state.epoch, found);
    const bool by_meaning = !meaning.asked.empty() && !found.answer.lacks_meaning;
    if (found.answer.lacks_meaning) page.degraded.push_back("semantic");
    forget_unknown(typed.hints, found.answer.known_marks);
    page.interpreted = interpretation(typed, found.attempt, std::move(found.answer.words),
                                      {.by_meaning = by_meaning, .typing = query.typing});
    page.interpreted.mode = !by_meaning ? "keyword" : meaning.by_words ? "hybrid" : "semantic";
    return page;
}

// By meaning alone only where there is a meaning. One of several models that does not answer is told.
ports::IndexMeaning MemoryFinder::meaning_of(const base::Uuid& owner, const SearchQuery& query,
                                             const ParsedQuery& typed, std::vector<std::string>& degraded) {
    ports::IndexMeaning meaning;
    if (!wants_meaning(query, typed)) return meaning;
    QueryVectors::Asked asked = meanings_.ask(words_of(typed));
    if (!asked.vectors.empty())
        for (const std::string& model : asked.missing) degraded.push_back("semantic/" + model);
    meaning.asked = std::move(asked.vectors);
    meaning.by_words = query.mode != "semantic" || meaning.asked.empty();
    meaning.feed = feed_of_vectors(owner);
    return meaning;
}

ports::IndexMeaning::Feed MemoryFinder::feed_of_vectors(const base::Uuid& owner) {
    return [this, owner](std::int64_t after, const ports::IndexMeaning::Apply& apply) {
        meanings_.feed(owner, after, apply);
    };
}

void MemoryFinder::follow(const base::Uuid& owner) {
    if (!index_.has(owner)) return;
    SearchState state;
    database_.read(owner, [&](ports::Transaction& tx) { state = store::search_state(tx, owner); });
    const auto feed_of_owner = [&](std::int64_t after, const auto& apply) { feed(owner, after, apply); };
    index_.follow(owner, state.epoch, state.revision, feed_of_owner,
                  {.revision = state.vectors, .feed = feed_of_vectors(owner)});
}

// Where nothing is found in any way, what was typed is what counts.
MemoryFinder::Found MemoryFinder::find(const base::Uuid& owner, const SearchState& state, const SearchQuery& query,
                                       const ParsedQuery& typed, const ports::IndexMeaning& meaning) {
    const WordFamilies synonyms = with_common_synonyms(state.synonyms);
    std::vector<std::string> right_words;
    if (!meaning.asked.empty()) right_words = meanings_.right_words(words_of(typed));
    const auto feed_of_owner = [&](std::int64_t after, const auto& apply) { feed(owner, after, apply); };
    std::optional<Found> first;
    for (const Attempt& attempt : attempts_of(typed)) {
        Found found{attempt, index_query(query, typed, attempt, synonyms), {}};
        found.query.right_words = right_words;
        found.answer = index_.search(owner, state.epoch, state.revision, feed_of_owner, found.query, meaning);
        if (found.answer.total > 0) return found;
        if (!first) first = std::move(found);
    }
    return *std::move(first);
}

std::vector<Memory> MemoryFinder::read_hits(const Actor& actor, std::int64_t epoch, const Found& found) {
    const auto marker = index_.marker(found.query, found.answer.words);
    std::vector<FoundEntry> entries = entries_.read(actor.owner, epoch, found.answer.hits);
    std::vector<Memory> memories;
    memories.reserve(entries.size());
    auto hit = found.answer.hits.begin();
    for (FoundEntry& entry : entries) {
        while (hit->id != entry.memory.id) ++hit;  // one that has gone meanwhile
        entry.memory.relevance_score.value = rounded(hit->score);
        entry.memory.highlights.value = highlights_of(entry.memory, entry.language, *marker, [&] {
            return hit->nearest ? meanings_.place_of(entry.memory, *hit->nearest) : 0;
        });
        withhold_from(actor, entry.memory);
        memories.push_back(std::move(entry.memory));
    }
    return memories;
}

}  // namespace engram::memory
