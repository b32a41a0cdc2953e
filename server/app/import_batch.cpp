#include "app/import_batch.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "base/crypto.hpp"
#include "base/json.hpp"

namespace engram::app {
namespace {

base::Uuid id_from(const std::string& text, base::Time time) {
    const base::Hash hash = base::hash_text(text);
    return base::make_uuid7(time, std::span<const std::uint8_t, 10>(hash.data(), 10));
}

// The metadata of the message, and who said it.
boost::json::value metadata_of(const integration::ImportedMessage& message) {
    boost::json::value metadata = base::parse_json(message.metadata.text);
    if (!message.author.empty()) metadata.as_object()["author"] = message.author;
    return metadata;
}

}  // namespace

base::Uuid ImportBatch::id_of(const integration::ImportedMessage& message) {
    if (message.id)
        if (const auto given = base::parse_uuid(*message.id)) return *given;
    // The parser sets messages of one minute a millisecond apart: that depends on what else is in the file.
    const auto time = std::chrono::floor<std::chrono::seconds>(message.created_at.value_or(base::Time{}));
    const std::string text = message.source + '\0' + message.author + '\0' + base::format_rfc3339(time) + '\0' +
                             message.id.value_or("") + '\0' + message.content;
    const std::size_t count = seen_[id_from(text, time)]++;
    return id_from(text + '\0' + std::to_string(count), time);
}

boost::json::object ImportBatch::memory_of(const integration::ImportedMessage& message) {
    boost::json::object memory{{"id", to_string(id_of(message))}, {"source", message.source}};
    memory["metadata"] = metadata_of(message);
    if (message.created_at) memory["created_at"] = base::format_rfc3339(*message.created_at);
    if (message.occurred_at) memory["occurred_at"] = base::format_rfc3339(*message.occurred_at);
    if (message.title) memory["title"] = *message.title;
    if (message.context) memory["context"] = *message.context;
    if (message.classification) memory["classification"] = *message.classification;
    if (!message.tags.empty()) memory["tags"] = boost::json::array(message.tags.begin(), message.tags.end());
    if (message.pinned) memory["pinned"] = true;
    memory["content"] = message.content;
    return memory;
}

}  // namespace engram::app
