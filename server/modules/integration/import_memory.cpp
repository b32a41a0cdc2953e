#include "modules/integration/import_memory.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/error.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kWindow = 65'536;

base::Uuid uuid_of(const base::Hash& hash) {
    base::Uuid id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

// A UUIDv7 of that time, which is the same each time.
base::Uuid id_from(const std::string& text, base::Time time) {
    const base::Hash hash = base::hash_text(text);
    return base::make_uuid7(time, std::span<const std::uint8_t, 10>(hash.data(), 10));
}

// The metadata of the message, who said it, and which files belong to it.
base::JsonText metadata_of(const ImportedMessage& message) {
    if (message.author.empty() && message.media.empty()) return message.metadata;
    boost::json::value metadata = base::parse_json(message.metadata.text);
    if (!message.author.empty()) metadata.as_object()["author"] = message.author;
    if (!message.media.empty())
        metadata.as_object()["media"] = boost::json::array(message.media.begin(), message.media.end());
    base::JsonText text{.text = ""};
    base::append_json(text.text, metadata);
    return text;
}

void check(const ImportedMessage& message, const base::JsonText& metadata) {
    if (message.classification &&
        std::ranges::find(memory::kClasses, *message.classification) == memory::kClasses.end())
        throw base::invalid_field("classification", "not_one_of", "is no class: " + *message.classification);
    if (metadata.text.size() > memory::kMetadataBytesMax)
        throw base::invalid_field("metadata", "too_long", "must have at most 16 KiB");
}

std::optional<base::Uuid> thread_of(const ImportedMessage& message, const base::Uuid& owner) {
    if (message.thread.empty()) return std::nullopt;
    if (const auto given = base::parse_uuid(message.thread)) return given;
    return id_from(to_string(owner) + message.thread, base::Time{});
}

}  // namespace

std::size_t EqualMessages::count(const base::Uuid& fingerprint) {
    if (window_.size() == kWindow) {
        const auto oldest = seen_.find(window_.front());
        if (oldest != seen_.end() && oldest->second.last == first_) seen_.erase(oldest);
        window_.pop_front();
        ++first_;
    }
    Seen& seen = seen_[fingerprint];
    seen.last = first_ + window_.size();
    window_.push_back(fingerprint);
    return seen.count++;
}

base::Uuid known_by(const ImportedMessage& message, EqualMessages& equals) {
    const base::Uuid alike = uuid_of(fingerprint(message));
    const std::size_t equal = message.key.empty() ? equals.count(alike) : 0;
    return equal == 0 ? alike : uuid_of(base::hash_text(to_string(alike) + std::to_string(equal)));
}

base::Uuid known_by_key(const ImportedMessage& message, const std::string& key, std::size_t part) {
    ImportedMessage other;
    other.source = message.source;
    other.key = key;
    other.part = part;
    return uuid_of(fingerprint(other));
}

base::Uuid memory_id_of(const ImportedMessage& message, const base::Uuid& owner, const base::Uuid& fingerprint,
                        const std::optional<base::Uuid>& again) {
    if (message.id && message.part <= 1 && !again)
        if (const auto given = base::parse_uuid(*message.id)) return *given;
    const std::string text = to_string(owner) + to_string(fingerprint) + (again ? to_string(*again) : "");
    return id_from(text, message.created_at.value_or(base::Time{}));
}

memory::NewMemory new_memory_of(const ImportedMessage& message, const base::Uuid& owner, const base::Uuid& import_id) {
    base::JsonText metadata = metadata_of(message);
    check(message, metadata);
    memory::NewMemory memory{.content = message.content};
    memory.classification = message.classification;
    memory.source = message.source;
    memory.context = message.context;
    memory.title = message.title;
    if (!message.tags.empty()) memory.tags = message.tags;
    memory.metadata = std::move(metadata);
    memory.created_at = message.created_at;
    memory.occurred_at = message.occurred_at;
    if (message.pinned) memory.pinned = true;
    memory.thread_id = thread_of(message, owner);
    memory.utc_offset_minutes = message.utc_offset_minutes;
    memory.import_id = import_id;
    return memory;
}

}  // namespace engram::integration
