#include "modules/memory/memory_editor.hpp"

#include <algorithm>
#include <span>

#include "modules/memory/memory_policy.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/text_language.hpp"

namespace engram::memory {
namespace {

using ports::Transaction;

constexpr std::int64_t kVersionsMax = 100;
constexpr std::chrono::days kTrashDays{30};
constexpr std::size_t kErasedAtOnce = 32;  // holds the writer for less than 5 ms

template <class T, class To>
void put(const http::Patch<T>& patch, std::optional<To>& to) {
    if (patch.present()) to = patch.value();
}

base::Error in_trash() {
    base::Error error(base::Code::kConflict,
                      "This memory is in the trash. Restore it first (POST .../restore); nothing was changed.");
    error.type = "in-trash";
    return error;
}

// Does it say, or mean, something else? A pin and a reminder are no part of what a memory says.
bool says_the_same(const Memory& a, const Memory& b) {
    return a.title == b.title && a.content == b.content && a.classification == b.classification &&
           a.source == b.source && a.context == b.context && a.tags == b.tags && a.metadata == b.metadata &&
           a.attachments == b.attachments && a.thread_id == b.thread_id && a.reply_to == b.reply_to &&
           a.occurred_at == b.occurred_at;
}

bool is_the_same(const Memory& a, const Memory& b) {
    return says_the_same(a, b) && a.pinned == b.pinned && a.remind_at == b.remind_at &&
           a.classified_by == b.classified_by;
}

void check_reply(Transaction& tx, const base::Uuid& owner, const Memory& memory, const MemoryChange& change) {
    if (!change.reply_to.present() || !change.reply_to.value()) return;
    const base::Uuid& to = *change.reply_to.value();
    if (to == memory.id) throw base::invalid_field("reply_to", "itself", "must be another memory");
    if (!store::find_head(tx, owner, to)) throw base::invalid_field("reply_to", "not_found", "is no memory of yours");
}

// `level` and `language` where class and content are named.
struct Prepared {
    MemoryChange change;
    int level = 1;
    std::string language;
};

void apply(const Prepared& prepared, StoredMemory& to) {
    const MemoryChange& change = prepared.change;
    Memory& memory = to.memory;
    if (change.content && *change.content != memory.content) {
        memory.content = *change.content;
        to.language = prepared.language;
    }
    if (change.classification) {
        memory.classification = *change.classification;
        memory.classified_by = "person";
        memory.confidence_score = 1;
        memory.security_level = prepared.level;
    }
    if (change.source) memory.source = *change.source;
    put(change.context, memory.context);
    put(change.title, memory.title);
    if (change.tags.present()) memory.tags = change.tags.value().value_or(std::vector<std::string>{});
    if (change.metadata.present()) memory.metadata = change.metadata.value().value_or(base::JsonText{});
    put(change.occurred_at, memory.occurred_at);
    put(change.remind_at, memory.remind_at);
    if (change.pinned) memory.pinned = *change.pinned;
    put(change.thread_id, memory.thread_id);
    put(change.reply_to, memory.reply_to);
}

// The clock may have been set back: a later change never looks older.
void replace(Transaction& tx, const base::Uuid& owner, const StoredMemory& before, StoredMemory& after, base::Time now,
             const store::CountChange& counts = {}) {
    after.memory.updated_at = std::max(now, before.memory.updated_at);
    if (!says_the_same(before.memory, after.memory)) {
        store::keep_version(tx, owner, before, after.memory.updated_at, before.version - kVersionsMax);
        after.version = before.version + 1;
    }
    after.memory.revision = store::update(tx, owner, after, counts);
}

bool put_into_trash(Transaction& tx, const base::Uuid& owner, StoredMemory stored, base::Time now) {
    if (stored.memory.trashed_at.value) return false;
    stored.memory.trashed_at.value = now;
    store::update(tx, owner, stored, {.memories = -1, .trash = 1});
    return true;
}

bool take_one_back(Transaction& tx, const base::Uuid& owner, const base::Uuid& import_id, const StoredOnce& one,
                   base::Time now) {
    const auto stored = store::find_stored(tx, owner, one.id);
    if (!stored || stored->memory.import_id != import_id) return false;
    const bool untouched = one.revision == 0 ? stored->version == 1 : stored->memory.revision == one.revision;
    if (!untouched) return put_into_trash(tx, owner, *stored, now);
    store::erase(tx, owner, stored->memory, now);
    return true;
}

template <class T>
void cut_to_milliseconds(http::Patch<T>& time) {
    if (time.value()) time = http::Patch<T>(std::chrono::floor<std::chrono::milliseconds>(*time.value()));
}

}  // namespace

base::Time MemoryEditor::now() const { return std::chrono::floor<std::chrono::milliseconds>(clock_.now()); }

std::optional<Changed> MemoryEditor::change(const Actor& actor, const base::Uuid& id, MemoryChange change,
                                            const IfRevision& only_if) {
    cut_to_milliseconds(change.occurred_at);
    cut_to_milliseconds(change.remind_at);
    if (change.content && change.content->empty())
        throw base::invalid_field("content", "too_short", "must not be empty");
    Prepared prepared{.change = std::move(change)};
    if (prepared.change.classification) prepared.level = allowed_level(actor, *prepared.change.classification);
    if (prepared.change.content)
        prepared.language = TextLanguage(index_, users_, actor.owner).of(*prepared.change.content);
    std::optional<Changed> changed;
    outbox_.write(actor.owner, [&](Transaction& tx) {
        changed.reset();
        const auto before = store::find_stored(tx, actor.owner, id);
        if (!before) return false;
        if (only_if && std::ranges::find(*only_if, before->memory.revision) == only_if->end()) {
            changed = Changed{before->memory, true};
            return false;
        }
        if (before->memory.trashed_at.value) throw in_trash();
        check_reply(tx, actor.owner, before->memory, prepared.change);
        StoredMemory after = *before;
        apply(prepared, after);
        const bool differs = !is_the_same(before->memory, after.memory);
        if (differs) replace(tx, actor.owner, *before, after, now());
        changed = Changed{std::move(after.memory), false};
        return differs;
    });
    if (changed) withhold_from(actor, changed->memory);
    return changed;
}

bool MemoryEditor::trash(const Actor& actor, const base::Uuid& id) {
    bool found = false;
    outbox_.write(actor.owner, [&](Transaction& tx) {
        const auto before = store::find_stored(tx, actor.owner, id);
        found = before.has_value();
        return found && put_into_trash(tx, actor.owner, *before, now());
    });
    return found;
}

void MemoryEditor::empty_expired_trash(const base::Uuid& owner) {
    std::size_t erased = kErasedAtOnce;
    while (erased == kErasedAtOnce)
        outbox_.write(owner, [&](Transaction& tx) {
            const auto expired = store::expired(tx, owner, now() - kTrashDays, std::int64_t{kErasedAtOnce});
            for (const base::Uuid& id : expired)
                if (const auto gone = store::find_stored(tx, owner, id)) store::erase(tx, owner, gone->memory, now());
            erased = expired.size();
            return erased > 0;
        });
}

bool MemoryEditor::purge(const Actor& actor, const base::Uuid& id) {
    bool found = false;
    outbox_.write(actor.owner, [&](Transaction& tx) {
        const auto stored = store::find_stored(tx, actor.owner, id);
        found = stored.has_value();
        if (found) store::erase(tx, actor.owner, stored->memory, now());
        return found;
    });
    return found;
}

std::int64_t MemoryEditor::take_back(const Actor& actor, const base::Uuid& import_id,
                                     const std::vector<StoredOnce>& memories) {
    std::int64_t total = 0;
    for (std::size_t from = 0; from < memories.size(); from += kErasedAtOnce) {
        std::int64_t taken = 0;
        outbox_.write(actor.owner, [&](Transaction& tx) {
            taken = 0;
            for (const StoredOnce& one :
                 std::span(memories).subspan(from, std::min(kErasedAtOnce, memories.size() - from)))
                taken += take_one_back(tx, actor.owner, import_id, one, now()) ? 1 : 0;
            return taken > 0;
        });
        total += taken;
    }
    return total;
}

std::optional<Memory> MemoryEditor::restore(const Actor& actor, const base::Uuid& id,
                                            std::optional<std::int64_t> version) {
    std::optional<Memory> restored;
    outbox_.write(actor.owner, [&](Transaction& tx) {
        restored.reset();
        const auto before = store::find_stored(tx, actor.owner, id);
        if (!before) return false;
        StoredMemory after = *before;
        if (version && *version != before->version) {
            auto old = store::find_version(tx, actor.owner, id, *version);
            if (!old) throw base::invalid_field("version", "not_found", "is not kept; GET .../versions lists them");
            after = *std::move(old);
            after.version = before->version;
            after.memory.pinned = before->memory.pinned;
            after.memory.remind_at = before->memory.remind_at;
        }
        after.memory.trashed_at.value.reset();
        const bool trashed = before->memory.trashed_at.value.has_value();
        const bool differs = trashed || !is_the_same(before->memory, after.memory);
        if (differs)
            replace(tx, actor.owner, *before, after, now(), {.memories = trashed ? 1 : 0, .trash = trashed ? -1 : 0});
        restored = std::move(after.memory);
        return differs;
    });
    if (restored) withhold_from(actor, *restored);
    return restored;
}

std::optional<std::vector<Version>> MemoryEditor::versions(const Actor& actor, const base::Uuid& id) {
    std::optional<std::vector<Version>> found;
    database_.read(actor.owner, [&](Transaction& tx) {
        found.reset();
        if (store::find(tx, actor.owner, id)) found = store::versions(tx, actor.owner, id);
    });
    if (!found) return found;
    for (Version& version : *found) withhold_from(actor, version.memory);
    return found;
}

}  // namespace engram::memory
