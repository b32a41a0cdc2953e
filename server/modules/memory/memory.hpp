// The door of the memory module: what people told engram.
#pragma once

#include <array>
#include <boost/describe/class.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "http/route.hpp"

namespace engram::memory {

// Why a memory's text is not in the answer, and what would show it.
struct Lock {
    std::string reason;
    std::vector<std::string> unlock;
};
BOOST_DESCRIBE_STRUCT(Lock, (), (reason, unlock))

// A text that only the person's own devices can open.
struct SealedBox {
    base::Uuid key_id;
    std::string algorithm, ciphertext;
};
BOOST_DESCRIBE_STRUCT(SealedBox, (), (key_id, algorithm, ciphertext))

// A piece of an excerpt; `hit` where it is a word that was looked for.
struct HighlightPart {
    std::string text;
    bool hit = false;
};
BOOST_DESCRIBE_STRUCT(HighlightPart, (), (text, hit))

struct Highlight {
    std::string field;
    std::vector<HighlightPart> parts;
};
BOOST_DESCRIBE_STRUCT(Highlight, (), (field, parts))

struct Memory {
    base::Uuid id, author_id;
    std::optional<std::string> title, content;
    std::string classification, classified_by;
    double confidence_score = 0;
    std::string source;
    std::optional<std::string> context;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::string> emotional_context;
    std::int64_t security_level = 1;
    base::JsonText metadata;
    std::vector<base::Uuid> attachments;
    std::optional<base::Uuid> thread_id, reply_to, import_id;
    std::int64_t revision = 0;
    base::Time created_at{}, updated_at{};
    std::optional<base::Time> occurred_at, remind_at;
    std::optional<std::int64_t> utc_offset_minutes;  // of where it was told
    bool pinned = false;
    std::optional<Lock> lock;
    std::optional<SealedBox> sealed;
    http::Maybe<base::Time> trashed_at;  // of what is in the trash
    http::Maybe<double> relevance_score;
    http::Maybe<std::vector<Highlight>> highlights;
};
BOOST_DESCRIBE_STRUCT(Memory, (),
                      (id, author_id, title, content, classification, classified_by, confidence_score, source, context,
                       tags, emotional_context, security_level, metadata, attachments, thread_id, reply_to, import_id,
                       revision, created_at, updated_at, occurred_at, remind_at, utc_offset_minutes, pinned, lock,
                       sealed, trashed_at, relevance_score, highlights))

// Bounds of what a memory may be: texts in code points.
inline constexpr std::size_t kContentMax = 10'000, kContextMax = 1'000, kTitleMax = 200, kSourceMax = 50, kTagMax = 50;
inline constexpr std::size_t kTagsMax = 20, kMetadataBytesMax = 16 << 10, kMetadataDepthMax = 5;

struct NewMemory {
    std::string content;
    std::optional<base::Uuid> id;
    std::optional<std::string> classification, source, context, title;
    std::optional<double> confidence_score;
    std::optional<std::vector<std::string>> tags;
    std::optional<base::JsonText> metadata, sealed;
    std::optional<base::Time> created_at, occurred_at, remind_at;
    std::optional<bool> pinned;
    std::optional<base::Uuid> thread_id, reply_to;
    std::optional<std::vector<base::Uuid>> attachments;
    std::optional<std::int64_t> utc_offset_minutes;
    std::optional<base::Uuid> import_id;  // by which import it came
};

// What shall be otherwise: an absent field stays as it is, null empties it.
struct MemoryChange {
    std::optional<std::string> content, classification, source;
    http::Patch<std::string> context, title;
    http::Patch<std::vector<std::string>> tags;
    http::Patch<base::JsonText> metadata;
    http::Patch<base::Time> occurred_at, remind_at;
    std::optional<bool> pinned;
    http::Patch<base::Uuid> thread_id, reply_to;
};

// Only what has one of these revisions is changed.
using IfRevision = std::optional<std::vector<std::int64_t>>;

struct Changed {
    Memory memory;       // as it is now
    bool stale = false;  // it had another revision than was asked for: nothing was stored
};

// A memory as it was before a change.
struct Version {
    std::int64_t version = 0;
    base::Time replaced_at{};
    Memory memory;
};
BOOST_DESCRIBE_STRUCT(Version, (), (version, replaced_at, memory))

// On whose behalf, and what they may see.
struct Actor {
    base::Uuid owner, author;
    int level = 1;
};

// A caller of the web, for themselves.
inline Actor actor_of(const http::Caller& caller) { return {caller.user_id, caller.user_id, caller.level}; }

struct Created {
    Memory memory;
    bool is_new = true;  // false: the same had been stored before, this is the first result
};
using CreateOutcome = std::variant<Created, base::Error>;

// A memory as PersonalData has written it, and the id that it is to have.
struct ExportedMemory {
    std::string line;
    base::Uuid id;
};

// A memory as it was stored, to be taken back.
struct StoredOnce {
    base::Uuid id;
    std::int64_t revision = 0;  // 0: not known
};

// What memories are to be like; all of it at once.
struct MemoryFilter {
    std::optional<std::string> classification, source, tag;
    std::optional<std::string> author;  // the id of who wrote it, or a name as an imported chat has it
    std::optional<std::string> has;     // one of kHas
    std::optional<base::Uuid> thread;
    std::optional<base::Time> date_from, date_to;  // of created_at: from included, to excluded
    std::optional<bool> pinned;
    static std::vector<http::FieldRule> rules(http::In in);

    bool operator==(const MemoryFilter&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemoryFilter, (), (classification, source, tag, author, has, thread, date_from, date_to, pinned))

inline constexpr std::array<std::string_view, 5> kClasses{"chronological", "general", "confidential", "secret",
                                                          "ultrasecret"};
inline constexpr std::array<std::string_view, 7> kHas{"attachment", "context", "link", "reminder",
                                                      "tag",        "thread",  "title"};

struct ListQuery {
    MemoryFilter filter;
    bool trash = false;  // what is in the trash instead
    std::int64_t limit = 50, offset = 0;
    std::optional<std::string> cursor;  // as a page before gave it
};

// What shall be otherwise in many memories at once.
struct BulkSet {
    std::optional<std::string> classification, source;
    std::optional<std::vector<std::string>> tags, add_tags, remove_tags;
    std::optional<bool> pinned;
    http::Patch<base::Time> remind_at;
    http::Patch<base::Uuid> thread_id;
};
BOOST_DESCRIBE_STRUCT(BulkSet, (), (classification, source, tags, add_tags, remove_tags, pinned, remind_at, thread_id))

struct BulkChange {
    std::vector<base::Uuid> ids;
    std::optional<MemoryFilter> query;  // instead of `ids`: all that fit
    std::optional<BulkSet> set;         // nothing: into the trash
};

struct BulkResult {
    std::int64_t changed = 0;
    std::int64_t skipped = 0;  // left as they were: they would have had too many tags
    base::Uuid undo_id;
};
BOOST_DESCRIBE_STRUCT(BulkResult, (), (changed, skipped, undo_id))

struct ListPage {
    std::vector<Memory> memories;
    std::int64_t total = 0;
    std::optional<std::string> next_cursor;
};

struct SearchQuery {
    std::string query;
    std::optional<std::string> mode, classification, source;
    std::vector<std::string> tags;
    std::optional<base::Time> date_from, date_to;
    bool typing = false;  // its last word may go on
    bool facets = false;  // count what is found
    std::int64_t limit = 50, offset = 0;
};

// What of a query was given up, and why; the reason also says what would do.
struct Dropped {
    std::string text, reason;
    bool operator==(const Dropped&) const = default;
};
BOOST_DESCRIBE_STRUCT(Dropped, (), (text, reason))

// What plain words of a query ask for beside themselves. It raises what fits and leaves out nothing; in quotes they ask
// for themselves alone.
struct Hint {
    std::string text;   // as typed: "last summer"
    std::string kind;   // date, class, tag, person
    std::string means;  // "2025-06-01..2025-08-31", "private", "tag:garden", "from:Anna"
    bool operator==(const Hint&) const = default;
};
BOOST_DESCRIBE_STRUCT(Hint, (), (text, kind, means))

// How a query was understood. Words are folded: case and accents do not count.
struct Interpreted {
    using WordsByTyped = std::map<std::string, std::vector<std::string>>;

    std::string mode;
    std::vector<std::string> words;              // that were looked for
    std::vector<std::string> phrases, excluded;  // as typed
    std::vector<std::string> filters;            // what the operators ask for: "tag:garden", "after:2024-03-01"
    std::vector<Hint> hints;
    WordsByTyped corrected;  // a word that no memory has, and the ones instead of it
    WordsByTyped completed;  // while one types: the beginning of a word, and how it may go on
    std::vector<Dropped> dropped;
};
BOOST_DESCRIBE_STRUCT(Interpreted, (), (mode, words, phrases, excluded, filters, hints, corrected, completed, dropped))

// How many of what was found have each value, by field: classification, source, tag (the 50 most frequent).
using Facets = std::map<std::string, std::map<std::string, std::int64_t>>;

struct SearchPage {
    std::vector<Memory> results;
    std::int64_t total = 0;
    Facets facets;
    Interpreted interpreted;
    std::vector<std::string> degraded;  // what was asked for and could not be used: "semantic"
};

// Words that mean the same, a family each: who looks for one of them looks for all.
using WordFamilies = std::vector<std::vector<std::string>>;

inline constexpr std::size_t kFamiliesMax = 200, kFamilyWordsMin = 2, kFamilyWordsMax = 20, kFamilyWordMax = 50;

struct Synonyms {
    WordFamilies families;
};
BOOST_DESCRIBE_STRUCT(Synonyms, (), (families))

struct Status {
    std::int64_t memories = 0, pending = 0, revision = 0, epoch = 0;
};
BOOST_DESCRIBE_STRUCT(Status, (), (memories, pending, revision, epoch))

// One change of the feed: a memory as it is now, or the id of one that is gone.
struct Change {
    std::string type = "memory";
    http::Maybe<Memory> memory;
    http::Maybe<base::Uuid> id;
    http::Maybe<bool> deleted;
    http::Maybe<std::int64_t> revision;
};
BOOST_DESCRIBE_STRUCT(Change, (), (type, memory, id, deleted, revision))

struct SyncPage {
    std::vector<Change> changes;
    std::int64_t revision = 0, latest = 0, epoch = 0;
    bool more = false;
};
BOOST_DESCRIBE_STRUCT(SyncPage, (), (changes, revision, latest, epoch, more))

// Said on the bus after each change of a person's memories: the text is the person's id.
inline constexpr const char* kRevisionTopic = "revision";

class MemoryService {
public:
    virtual ~MemoryService() = default;

    // Stores the memory. When this returns, it survives a power cut and is found by words. Throws kInvalid naming the
    // bad field, kForbidden (security-level-required) for a class the actor may not use, kConflict where the id is
    // taken by another memory, or (type id-deleted) was one of a memory that is gone. Any thread, as everything here.
    virtual Created create(const Actor& actor, NewMemory memory) = 0;

    // As create, in the order given; what is good is stored even where another is not.
    virtual std::vector<CreateOutcome> create_many(const Actor& actor, std::vector<NewMemory> memories) = 0;

    // Nothing also for what is somebody else's.
    virtual std::optional<Memory> find(const Actor& actor, const base::Uuid& id) = 0;

    // Newest first by (created_at, id). Throws kInvalid for a cursor that no page gave.
    virtual ListPage list(const Actor& actor, const ListQuery& query) = 0;

    // Changes what is named and keeps what the memory said before as a version, the newest 100. Nothing is written
    // where nothing differs. Nothing returned: there is no such memory. Throws as create; kConflict (in-trash) for what
    // is in the trash.
    virtual std::optional<Changed> change(const Actor& actor, const base::Uuid& id, MemoryChange change,
                                          const IfRevision& only_if) = 0;

    // Into the trash for 30 days; false where there is no such memory. Again: nothing happens.
    virtual bool trash(const Actor& actor, const base::Uuid& id) = 0;

    // Erases it and its versions at once; a tombstone without content stays for those who sync. False as above.
    virtual bool purge(const Actor& actor, const base::Uuid& id) = 0;

    // As create_many, with versions and trash, and with the times, classes and judgements that it had. What is there by
    // the same import stays: Created, not new.
    virtual std::vector<CreateOutcome> take_in(const Actor& actor, const base::Uuid& import_id,
                                               const std::vector<ExportedMemory>& memories) = 0;

    // Purges those of `memories` that came by that import and are as they were stored; what has been changed since goes
    // into the trash. How many there were that were not there already.
    virtual std::int64_t take_back(const Actor& actor, const base::Uuid& import_id,
                                   const std::vector<StoredOnce>& memories) = 0;

    // Purges what has been in the trash for 30 days.
    virtual void empty_expired_trash(const base::Uuid& owner) = 0;

    // Makes ready what the memories of the next two months need.
    virtual void prepare_months() = 0;

    // Out of the trash, and back to what it said in `version` where one is named; what it says now becomes a version.
    // Throws kInvalid for a version that is not kept.
    virtual std::optional<Memory> restore(const Actor& actor, const base::Uuid& id,
                                          std::optional<std::int64_t> version) = 0;

    // Changes memories that are not in the trash, in pieces: where it ends half way, undo() takes back what was done.
    // `changed` are those that differ now. Throws as change.
    virtual BulkResult change_many(const Actor& actor, const BulkChange& change) = 0;

    // Takes a change of many back, within a day, but for what has been changed since; how many. Again: none. Nothing
    // where there is no such change.
    virtual std::optional<std::int64_t> undo(const Actor& actor, const base::Uuid& undo_id) = 0;

    // Newest first. Nothing where there is no such memory.
    virtual std::optional<std::vector<Version>> versions(const Actor& actor, const base::Uuid& id) = 0;

    // What the query language means: docs/search.md. No query is an error.
    virtual SearchPage search(const Actor& actor, const SearchQuery& query) = 0;

    // Takes into the person's index, where this process has one, what has changed: searches then need not.
    virtual void follow(const base::Uuid& owner) = 0;

    // The person's own synonyms, beside those that everybody has.
    virtual Synonyms synonyms(const Actor& actor) = 0;

    // These instead of all before; as they were stored. Throws kInvalid naming each bad family and word.
    virtual Synonyms set_synonyms(const Actor& actor, Synonyms synonyms) = 0;

    // These too, as far as they are in bounds and not there yet.
    virtual void add_synonyms(const Actor& actor, const WordFamilies& more) = 0;

    virtual Status status(const Actor& actor) = 0;

    // Up to 500 changes after a revision, in order. Throws kConflict (sync-reset) for another epoch or a revision that
    // has not been given out.
    virtual SyncPage sync(const Actor& actor, std::int64_t since, std::optional<std::int64_t> epoch) = 0;
};

}  // namespace engram::memory
