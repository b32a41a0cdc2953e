#include "modules/integration/jsonl_import.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/line_reader.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;

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
    return read_text<&ImportedMessage::id>(value, message) && (!message.id || base::parse_uuid(*message.id));
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

constexpr std::array<Field, 12> kFields{{
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
}};

const Field* find_field(std::string_view name) {
    for (const Field& field : kFields) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

// False where a field is wrong: then the line is left out.
bool read_fields(const json::object& object, ImportedMessage& message, ImportCollector& collector) {
    for (const auto& [key, value] : object) {
        const std::string name(base::cut_code_points(key, 100));
        const Field* field = find_field(key);
        if (!field) {
            collector.problem(message.line, "The field '" + name + "' is not known and was left out.",
                              "Put it into metadata.");
        } else if (!field->read(value, message)) {
            collector.problem(message.line, "The field '" + name + "' does not fit; the line was left out.",
                              "Make it " + std::string(field->wanted) + ".");
            return false;
        }
    }
    return true;
}

void read_object(const json::value& root, std::size_t line, ImportCollector& collector) {
    ImportedMessage message;
    message.line = line;
    message.source = "import";
    if (!root.is_object()) {
        return collector.problem(line, "The line is no JSON object.", "Write one object a line.");
    }
    if (!read_fields(root.get_object(), message, collector)) return;
    if (trim_marks(message.content).empty()) {
        return collector.problem(line, "The line has no content.", "Give it a field 'content'.");
    }
    collector.message(std::move(message));
}

// Bad lines are the report's, not an error of the import: this is the one place that turns them (ADR 0002).
void read_line(const std::string& line, std::size_t number, ImportCollector& collector) {
    std::optional<base::JsonDocument> document;
    try {
        document.emplace(line);
    } catch (const base::Error& error) {
        return collector.problem(number, error.safe(), "Write one JSON object a line.");
    }
    read_object(document->root(), number, collector);
}

}  // namespace

void import_jsonl(std::istream& in, ImportCollector& collector) {
    LineReader lines(in);
    for (std::string line; lines.next(line);) {
        collector.clean(line, lines.number(), lines.cut());
        if (!base::trim(line).empty()) read_line(line, lines.number(), collector);
    }
}

}  // namespace engram::integration
