// A memory with all that was kept of it, as a line of an export: out of one engram and into another.
#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "modules/memory/change_store.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// What a memory says, now or before a change.
struct WholeText {
    std::optional<std::string> title;
    std::string content, classification, classified_by;
    double confidence_score = 0;
    std::string source;
    std::optional<std::string> context;
    std::vector<std::string> tags;
    std::optional<std::string> emotional_context;
    base::JsonText metadata;
    std::vector<base::Uuid> attachments;
    std::optional<base::Uuid> thread_id, reply_to;
    std::optional<base::Time> occurred_at, remind_at;
    bool pinned = false;
    base::Time updated_at{};
    static std::vector<http::FieldRule> rules();
};
BOOST_DESCRIBE_STRUCT(WholeText, (),
                      (title, content, classification, classified_by, confidence_score, source, context, tags,
                       emotional_context, metadata, attachments, thread_id, reply_to, occurred_at, remind_at, pinned,
                       updated_at))

struct WholeVersion : WholeText {
    std::int64_t version = 0;
    base::Time replaced_at{};
};
BOOST_DESCRIBE_STRUCT(WholeVersion, (WholeText), (version, replaced_at))

struct WholeMemory : WholeText {
    base::Uuid id;
    base::Time created_at{};
    std::optional<std::int64_t> utc_offset_minutes;
    std::optional<base::Time> trashed_at;
    std::vector<WholeVersion> versions;  // oldest first
    static std::vector<http::FieldRule> rules();
};
BOOST_DESCRIBE_STRUCT(WholeMemory, (WholeText), (id, created_at, utc_offset_minutes, trashed_at, versions))

// `versions` as the store gives them: newest first.
WholeMemory whole_memory_of(const Memory& memory, const std::vector<Version>& versions);

// Throws kMalformed, and kInvalid naming every bad field.
WholeMemory parse_whole_memory(std::string_view line);

// What it said at first, and each text that took the place of the one before; the last is what it says now, in the
// trash where it is. Each with the time at which it did.
std::vector<StoredMemory> history_of(const WholeMemory& whole, const base::Uuid& author);

}  // namespace engram::memory
