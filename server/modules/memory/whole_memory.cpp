#include "modules/memory/whole_memory.hpp"

#include <algorithm>

#include "http/json_read.hpp"

namespace engram::memory {
namespace {

// What a memory and a line of an export call alike.
template <class From, class To>
void copy_text(const From& from, To& to) {
    to.title = from.title;
    to.classification = from.classification;
    to.classified_by = from.classified_by;
    to.confidence_score = from.confidence_score;
    to.source = from.source;
    to.context = from.context;
    to.emotional_context = from.emotional_context;
    to.metadata = from.metadata;
    to.attachments = from.attachments;
    to.thread_id = from.thread_id;
    to.reply_to = from.reply_to;
    to.occurred_at = from.occurred_at;
    to.remind_at = from.remind_at;
    to.pinned = from.pinned;
    to.updated_at = from.updated_at;
}

void copy_memory(const Memory& from, WholeText& to) {
    copy_text(from, to);
    to.content = from.content.value_or("");
    to.tags = from.tags.value_or(std::vector<std::string>{});
}

StoredMemory stored_of(const WholeMemory& whole, const WholeText& text, const base::Uuid& author) {
    StoredMemory stored;
    Memory& to = stored.memory;
    copy_text(text, to);
    to.content = text.content;
    to.tags = text.tags;
    to.id = whole.id;
    to.created_at = whole.created_at;
    to.utc_offset_minutes = whole.utc_offset_minutes;
    to.author_id = author;
    return stored;
}

}  // namespace

std::vector<http::FieldRule> WholeText::rules() {
    return {{.name = "title", .length_max = kTitleMax},
            {.name = "content", .required = true, .length_min = 1, .length_max = kContentMax},
            {.name = "classification", .required = true, .one_of = {kClasses.begin(), kClasses.end()}},
            {.name = "classified_by", .required = true, .length_min = 1, .length_max = 50},
            {.name = "confidence_score", .min = 0, .max = 1},
            {.name = "source", .required = true, .length_min = 1, .length_max = kSourceMax},
            {.name = "context", .length_max = kContextMax},
            {.name = "tags", .length_min = 1, .items_max = kTagsMax, .item_length_max = kTagMax},
            {.name = "metadata", .json_bytes_max = kMetadataBytesMax, .json_depth_max = kMetadataDepthMax},
            {.name = "updated_at", .required = true}};
}

std::vector<http::FieldRule> WholeMemory::rules() {
    std::vector<http::FieldRule> rules = WholeText::rules();
    rules.push_back({.name = "id", .required = true});
    rules.push_back({.name = "created_at", .required = true});
    rules.push_back({.name = "utc_offset_minutes", .min = -840, .max = 840});
    rules.push_back({.name = "versions", .items_max = 100});
    return rules;
}

WholeMemory whole_memory_of(const Memory& memory, const std::vector<Version>& versions) {
    WholeMemory whole;
    copy_memory(memory, whole);
    whole.id = memory.id;
    whole.created_at = memory.created_at;
    whole.utc_offset_minutes = memory.utc_offset_minutes;
    whole.trashed_at = memory.trashed_at.value;
    for (const Version& version : versions) {
        WholeVersion& kept = whole.versions.emplace_back();
        copy_memory(version.memory, kept);
        kept.version = version.version;
        kept.replaced_at = version.replaced_at;
    }
    std::ranges::reverse(whole.versions);
    return whole;
}

WholeMemory parse_whole_memory(std::string_view line) {
    const base::JsonDocument document(line);
    http::Findings findings;
    WholeMemory whole;
    const auto* object = http::expect_object(document.root(), http::Place(), findings);
    if (object) http::read_members(*object, whole, {}, http::Place(), findings);
    findings.raise();
    return whole;
}

std::vector<StoredMemory> history_of(const WholeMemory& whole, const base::Uuid& author) {
    std::vector<StoredMemory> history;
    std::int64_t version = 1;
    for (const WholeVersion& old : whole.versions) {
        history.push_back(stored_of(whole, old, author));
        history.back().version = old.version;
        version = old.version + 1;
    }
    history.push_back(stored_of(whole, whole, author));
    history.back().version = version;
    history.back().memory.trashed_at.value = whole.trashed_at;
    return history;
}

}  // namespace engram::memory
