#include "modules/memory/bulk_editor.hpp"

#include <algorithm>
#include <limits>

#include "modules/memory/change_store.hpp"
#include "modules/memory/memory_policy.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/undo_store.hpp"

namespace engram::memory {
namespace {

using ports::Transaction;

constexpr std::size_t kChunk = 64;  // a write of one holds the writer for less than 5 ms
constexpr std::int64_t kVersionsMax = 100;
constexpr std::chrono::days kUndoDays{1};

enum class Applied { kChanged, kSame, kTooManyTags };

void add_tags(std::vector<std::string>& tags, const std::vector<std::string>& more) {
    for (const std::string& tag : more)
        if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
}

Applied apply(const BulkSet& set, int level, Memory& memory) {
    const Memory before = memory;
    if (set.classification) {
        memory.classification = *set.classification;
        memory.classified_by = "person";
        memory.confidence_score = 1;
        memory.security_level = level;
    }
    if (set.source) memory.source = *set.source;
    if (set.tags) memory.tags = *set.tags;
    if (set.remove_tags)
        std::erase_if(*memory.tags, [&](const auto& tag) { return std::ranges::count(*set.remove_tags, tag) > 0; });
    if (set.add_tags) add_tags(*memory.tags, *set.add_tags);
    if (set.pinned) memory.pinned = *set.pinned;
    if (set.remind_at.present()) memory.remind_at = set.remind_at.value();
    if (set.thread_id.present()) memory.thread_id = set.thread_id.value();
    if (memory.tags->size() > kTagsMax) return Applied::kTooManyTags;
    const bool changed = memory.classification != before.classification ||
                         memory.classified_by != before.classified_by || memory.source != before.source ||
                         memory.tags != before.tags || memory.pinned != before.pinned ||
                         memory.remind_at != before.remind_at || memory.thread_id != before.thread_id;
    return changed ? Applied::kChanged : Applied::kSame;
}

// What it was is kept in any case, so that it can be taken back.
UndoItem replace(Transaction& tx, const base::Uuid& owner, const StoredMemory& before, StoredMemory after,
                 base::Time now) {
    after.memory.updated_at = std::max(now, before.memory.updated_at);
    store::keep_version(tx, owner, before, after.memory.updated_at, before.version - kVersionsMax);
    after.version = before.version + 1;
    return {before.memory.id, store::update(tx, owner, after, {}), before.version};
}

UndoItem trash(Transaction& tx, const base::Uuid& owner, StoredMemory stored, base::Time now) {
    stored.memory.trashed_at.value = now;
    return {stored.memory.id, store::update(tx, owner, stored, {.memories = -1, .trash = 1}), std::nullopt};
}

// What has been changed since is left alone.
bool take_back(Transaction& tx, const base::Uuid& owner, const UndoItem& item, base::Time now) {
    const auto stored = store::find_stored(tx, owner, item.memory_id);
    if (!stored || stored->memory.revision != item.revision) return false;
    if (item.version) {
        auto old = store::find_version(tx, owner, item.memory_id, *item.version);
        if (!old) return false;
        old->version = stored->version;
        replace(tx, owner, *stored, *std::move(old), now);
        return true;
    }
    StoredMemory after = *stored;
    after.memory.trashed_at.value.reset();
    store::update(tx, owner, after, {.memories = 1, .trash = -1});
    return true;
}

}  // namespace

base::Time BulkEditor::now() const { return std::chrono::floor<std::chrono::milliseconds>(clock_.now()); }

std::vector<base::Uuid> BulkEditor::matching(const base::Uuid& owner, const MemoryFilter& filter) {
    std::vector<base::Uuid> ids;
    const std::size_t all = std::numeric_limits<std::size_t>::max();
    const MemoryFinder::Listed listed = finder_.list(owner, filter, std::nullopt, all, 0);
    for (const ports::IndexHit& hit : listed.page.hits) ids.push_back(hit.id);
    return ids;
}

BulkResult BulkEditor::change(const Actor& actor, const BulkChange& change) {
    const int level = change.set && change.set->classification ? allowed_level(actor, *change.set->classification) : 1;
    std::vector<base::Uuid> ids = change.query ? matching(actor.owner, *change.query) : change.ids;
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    BulkResult result{.changed = 0, .undo_id = ports::new_uuid7(random_, now())};
    database_.write(actor.owner, [&](Transaction& tx) {
        store::begin_undo(tx, actor.owner, result.undo_id, now(), now() - kUndoDays);
    });
    for (std::size_t from = 0; from < ids.size(); from += kChunk) {
        std::int64_t changed = 0, skipped = 0;
        outbox_.write(actor.owner, [&](Transaction& tx) {
            changed = skipped = 0;
            for (const base::Uuid& id : std::span(ids).subspan(from, std::min(kChunk, ids.size() - from))) {
                const auto stored = store::find_stored(tx, actor.owner, id);
                if (!stored || stored->memory.trashed_at.value) continue;
                StoredMemory after = *stored;
                const Applied applied = change.set ? apply(*change.set, level, after.memory) : Applied::kChanged;
                skipped += applied == Applied::kTooManyTags ? 1 : 0;
                if (applied != Applied::kChanged) continue;
                store::add_undo_item(tx, actor.owner, result.undo_id,
                                     change.set ? replace(tx, actor.owner, *stored, std::move(after), now())
                                                : trash(tx, actor.owner, *stored, now()));
                ++changed;
            }
            return changed > 0;
        });
        result.changed += changed;
        result.skipped += skipped;
    }
    return result;
}

std::optional<std::int64_t> BulkEditor::undo(const Actor& actor, const base::Uuid& undo_id) {
    std::optional<std::vector<UndoItem>> items;
    database_.read(actor.owner, [&](Transaction& tx) { items = store::undo_items(tx, actor.owner, undo_id); });
    if (!items) return std::nullopt;
    std::int64_t total = 0;
    for (std::size_t from = 0; from < items->size(); from += kChunk) {
        std::int64_t changed = 0;
        outbox_.write(actor.owner, [&](Transaction& tx) {
            changed = 0;
            for (const UndoItem& item : std::span(*items).subspan(from, std::min(kChunk, items->size() - from))) {
                if (take_back(tx, actor.owner, item, now())) ++changed;
                store::drop_undo_item(tx, actor.owner, undo_id, item.memory_id);
            }
            return changed > 0;
        });
        total += changed;
    }
    return total;
}

}  // namespace engram::memory
