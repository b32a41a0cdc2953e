#include "modules/memory/memory_finder.hpp"

#include <boost/json/value.hpp>

#include "base/text.hpp"
#include "modules/memory/memory_policy.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kFeedPage = 500;
constexpr std::size_t kExcerptBytes = 240;

// Who said it, where an import knows: "what did Anna say".
std::string author_name(const base::JsonText& metadata) {
    if (metadata.text.find("\"author\"") == std::string::npos) return {};
    const boost::json::value parsed = base::parse_json(metadata.text);
    const auto* author = parsed.is_object() ? parsed.get_object().if_contains("author") : nullptr;
    return author != nullptr && author->is_string() ? std::string(author->get_string()) : std::string();
}

std::string searchable_text(const Memory& memory) {
    std::string text = *memory.content;
    for (const std::string& more :
         {memory.title.value_or(""), memory.context.value_or(""), author_name(memory.metadata)})
        if (!more.empty()) (text += '\n') += more;
    for (const std::string& tag : *memory.tags) (text += '\n') += tag;
    return text;
}

ports::IndexChange change_of(store::FeedRow&& row) {
    ports::IndexChange change{.id = row.id, .revision = row.revision, .deleted = row.deleted};
    if (row.deleted) return change;
    change.created_at = row.memory.created_at;
    change.text = searchable_text(row.memory);
    change.language = row.language;
    change.category = std::move(row.memory.classification);
    change.source = std::move(row.memory.source);
    change.tags = *std::move(row.memory.tags);
    change.pinned = row.memory.pinned;
    return change;
}

ports::IndexQuery query_of(const SearchQuery& query) {
    return {.text = query.query,
            .category = query.classification,
            .source = query.source,
            .tags = query.tags,
            .from = query.date_from,
            .to = query.date_to,
            .limit = static_cast<int>(query.limit),
            .offset = static_cast<int>(query.offset)};
}

// Moves a place in UTF-8 back to where a character, if possible a word, begins.
std::size_t word_start(std::string_view text, std::size_t at) {
    const std::size_t space = text.substr(0, at).rfind(' ');
    if (space != std::string_view::npos && at - space < 20) return space + 1;
    while (at > 0 && base::is_continuation(text[at])) --at;
    return at;
}

// The part of `text` around the first word that was looked for, cut at words, in pieces.
Highlight excerpt(std::string_view text, const std::vector<ports::Highlight>& spans) {
    const std::size_t first = spans.empty() ? 0 : spans.front().begin;
    const bool fits = text.size() <= kExcerptBytes;
    const std::size_t begin = fits || first < 60 ? 0 : word_start(text, first - 40);
    std::size_t end = text.size() - begin <= kExcerptBytes ? text.size() : word_start(text, begin + kExcerptBytes);
    if (!spans.empty()) end = std::max(end, std::min(text.size(), spans.front().end));
    Highlight highlight{"content", {}};
    std::string before = begin > 0 ? "…" : "";
    std::size_t at = begin;
    for (const ports::Highlight& span : spans) {
        if (span.begin < at || span.end > end) continue;
        before += text.substr(at, span.begin - at);
        if (!before.empty()) highlight.parts.push_back({std::move(before), false});
        highlight.parts.push_back({std::string(text.substr(span.begin, span.end - span.begin)), true});
        before.clear();
        at = span.end;
    }
    before += text.substr(at, end - at);
    if (end < text.size()) before += "…";
    if (!before.empty()) highlight.parts.push_back({std::move(before), false});
    return highlight;
}

}  // namespace

void MemoryFinder::feed(const base::Uuid& owner, std::int64_t after, const ports::SearchIndex::Apply& apply) {
    for (std::int64_t read = kFeedPage; read == kFeedPage;) {
        read = 0;
        database_.read(owner, [&](ports::Transaction& tx) {
            store::read_feed(tx, owner, after, kFeedPage, [&](store::FeedRow&& row) {
                after = row.revision;
                ++read;
                apply(change_of(std::move(row)));
            });
        });
    }
}

SearchPage MemoryFinder::search(const Actor& actor, const SearchQuery& query) {
    const std::string mode = query.mode.value_or("hybrid");
    SearchPage page;
    page.interpreted.mode = "keyword";
    if (mode != "keyword") page.degraded.push_back("semantic");
    PersonState state;
    database_.read(actor.owner,
                   [&](ports::Transaction& tx) { state = store::find_state(tx, actor.owner).value_or(PersonState{}); });
    const ports::IndexQuery wanted = query_of(query);
    const auto feed_of_owner = [&](std::int64_t after, const auto& apply) { feed(actor.owner, after, apply); };
    ports::IndexAnswer answer = index_.search(actor.owner, state.epoch, state.revision, feed_of_owner, wanted);
    page.total = answer.total;
    page.interpreted.words = std::move(answer.words);
    std::vector<ListPlace> places;
    for (const ports::IndexHit& hit : answer.hits) places.push_back({hit.created_at, hit.id});
    std::vector<FoundEntry> found;
    database_.read(actor.owner, [&](ports::Transaction& tx) { found = store::find_at(tx, actor.owner, places); });
    auto hit = answer.hits.begin();
    for (FoundEntry& entry : found) {
        while (hit->id != entry.memory.id) ++hit;  // one that has gone meanwhile
        entry.memory.relevance_score.value = hit->score;
        const auto spans = index_.highlight(wanted, *entry.memory.content, entry.language);
        entry.memory.highlights.value = std::vector{excerpt(*entry.memory.content, spans)};
        page.results.push_back(shown_to(actor, std::move(entry.memory)));
    }
    return page;
}

}  // namespace engram::memory
