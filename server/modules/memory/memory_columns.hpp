// The columns of a memory, for the texts of SQL of this module's stores. Internal.
#pragma once

// Joined by the compiler into each text. memory_of() reads these columns in this order; `e` is memory_entries, or
// memory_versions in its place.
#define ENGRAM_MEMORY_COLUMNS ENGRAM_ENTRY_COLUMNS("e.revision")
#define ENGRAM_ENTRY_COLUMNS(revision)                                                                         \
    "e.id, e.author_id, e.title, e.content, e.classification, e.classified_by, e.confidence_score, e.source, " \
    "e.context, e.tags, e.emotional_context, e.level, e.metadata, e.attachments, e.thread_id, e.reply_to, "    \
    "e.import_id, " revision                                                                                   \
    ", e.created_at, e.updated_at, e.occurred_at, e.remind_at, e.pinned, e.language, "                         \
    "e.trashed_at, e.utc_offset_minutes"
// One memory by owner, created_at and id. The head tells created_at first: given as a value, PostgreSQL opens the one
// partition it names and no other (docs/adr/0015).
#define ENGRAM_MEMORY_AT " FROM memory_entries e WHERE e.user_id = $1 AND e.created_at = $2 AND e.id = $3 "

namespace engram::memory {

inline constexpr int kLanguageColumn = 23, kTrashedAtColumn = 24, kColumns = 26;

}  // namespace engram::memory
