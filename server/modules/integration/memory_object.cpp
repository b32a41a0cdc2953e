#include "modules/integration/memory_object.hpp"

#include <array>

#include "base/error.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;

constexpr std::int64_t kUtcOffsetMax = 840;

// Reads one field into the message; false where it does not fit.
using ReadField = bool (*)(const json::value& value, ImportedMessage& message);

template <auto Member>
bool read_text(const json::value& value, ImportedMessage& message) {
    if (!value.is_string()) return value.is_null();
    message.*Member = std::string(value.get_string());
    return true;
}

template <auto Member>
bool read_time(const json::value& value, ImportedMessage& message) {
    if (!value.is_string()) return value.is_null();
    message.*Member = base::parse_rfc3339(value.get_string());
    return (message.*Member).has_value();
}

bool read_id(const json::value& value, ImportedMessage& message) {
    if (!read_text<&ImportedMessage::id>(value, message) || !message.id) return value.is_null();
    message.key = *message.id;
    return base::parse_uuid(*message.id).has_value();
}

template <auto Member>
bool read_uuid(const json::value& value, ImportedMessage& message) {
    if (!value.is_string()) return value.is_null();
    message.*Member = std::string(value.get_string());
    return base::parse_uuid(message.*Member).has_value();
}

bool read_utc_offset(const json::value& value, ImportedMessage& message) {
    if (!value.is_int64()) return value.is_null();
    message.utc_offset_minutes = value.get_int64();
    return *message.utc_offset_minutes >= -kUtcOffsetMax && *message.utc_offset_minutes <= kUtcOffsetMax;
}

bool read_tags(const json::value& value, ImportedMessage& message) {
    if (!value.is_array()) return value.is_null();
    for (const json::value& tag : value.get_array()) {
        if (!tag.is_string()) return false;
        message.tags.emplace_back(tag.get_string());
    }
    return true;
}

bool read_metadata(const json::value& value, ImportedMessage& message) {
    if (!value.is_object()) return value.is_null();
    message.metadata.text.clear();
    base::append_json(message.metadata.text, value);
    return true;
}

bool read_pinned(const json::value& value, ImportedMessage& message) {
    if (!value.is_bool()) return value.is_null();
    message.pinned = value.get_bool();
    return true;
}

struct Field {
    std::string_view name, wanted;
    ReadField read;
};

constexpr std::array<Field, 15> kFields{{
    {"content", "a text", read_text<&ImportedMessage::content>},
    {"created_at", "a time such as 2026-11-23T05:51:47Z", read_time<&ImportedMessage::created_at>},
    {"occurred_at", "a time such as 2026-11-23T05:51:47Z", read_time<&ImportedMessage::occurred_at>},
    {"source", "a text", read_text<&ImportedMessage::source>},
    {"tags", "an array of texts", read_tags},
    {"classification", "a text", read_text<&ImportedMessage::classification>},
    {"title", "a text", read_text<&ImportedMessage::title>},
    {"context", "a text", read_text<&ImportedMessage::context>},
    {"author", "a text", read_text<&ImportedMessage::author>},
    {"id", "a UUID", read_id},
    {"metadata", "an object", read_metadata},
    {"pinned", "true or false", read_pinned},
    {"thread_id", "a UUID", read_uuid<&ImportedMessage::thread>},
    {"reply_to", "a UUID", read_uuid<&ImportedMessage::reply_to>},
    {"utc_offset_minutes", "a whole number from -840 to 840", read_utc_offset},
}};

const Field* find_field(std::string_view name) {
    for (const Field& field : kFields) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

// False where a field is wrong: then the whole is left out.
bool read_fields(const json::object& object, ImportedMessage& message, ImportCollector& collector) {
    for (const auto& [key, value] : object) {
        const std::string name(base::cut_code_points(key, 100));
        const Field* field = find_field(key);
        if (!field) {
            collector.problem(message.line, "The field '" + name + "' is not known and was left out.",
                              "Put it into metadata.");
        } else if (!field->read(value, message)) {
            collector.problem(message.line, "The field '" + name + "' does not fit; it was left out.",
                              "Make it " + std::string(field->wanted) + ".");
            return false;
        }
    }
    return true;
}

}  // namespace

void read_memory_object(const boost::json::value& root, std::size_t line, ImportCollector& collector) {
    ImportedMessage message;
    message.line = line;
    message.source = "import";
    if (!root.is_object()) {
        return collector.problem(line, "This is no JSON object.", "Write one object for each memory.");
    }
    if (!read_fields(root.get_object(), message, collector)) return;
    if (trim_marks(message.content).empty()) {
        return collector.problem(line, "It has no content.", "Give it a field 'content'.");
    }
    collector.message(std::move(message));
}

}  // namespace engram::integration
