#include "modules/integration/memory_field.hpp"

#include <algorithm>
#include <array>

#include "base/id.hpp"
#include "base/text.hpp"
#include "modules/integration/import_limits.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/import_times.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;

constexpr std::int64_t kUtcOffsetMax = 840;

std::string_view view(const json::value& text) { return {text.get_string().data(), text.get_string().size()}; }

template <auto Member>
bool read_text(const json::value& value, const ImportOptions&, ImportedMessage& message) {
    if (!value.is_string()) return value.is_null();
    message.*Member = std::string(view(value));
    return true;
}

std::optional<ImportedTime> time_in(const json::value& value, const ImportOptions& options) {
    if (value.is_int64()) return unix_import_time(static_cast<double>(value.get_int64()), options.zone);
    if (value.is_double()) return unix_import_time(value.get_double(), options.zone);
    if (!value.is_string()) return std::nullopt;
    return parse_import_time(view(value), options.zone, options.date_order);
}

bool read_created(const json::value& value, const ImportOptions& options, ImportedMessage& message) {
    const auto time = time_in(value, options);
    if (!time) return value.is_null();
    message.created_at = time->time;
    if (!message.utc_offset_minutes) message.utc_offset_minutes = time->utc_offset_minutes;
    return true;
}

bool read_occurred(const json::value& value, const ImportOptions& options, ImportedMessage& message) {
    const auto time = time_in(value, options);
    if (time) message.occurred_at = time->time;
    return time || value.is_null();
}

bool read_id(const json::value& value, const ImportOptions&, ImportedMessage& message) {
    if (!value.is_string() || !base::parse_uuid(view(value))) return value.is_null();
    message.id = message.key = view(value);
    return true;
}

template <auto Member>
bool read_uuid(const json::value& value, const ImportOptions&, ImportedMessage& message) {
    if (!value.is_string() || !base::parse_uuid(view(value))) return value.is_null();
    message.*Member = std::string(view(value));
    return true;
}

bool read_utc_offset(const json::value& value, const ImportOptions&, ImportedMessage& message) {
    if (!value.is_int64()) return value.is_null();
    if (std::abs(value.get_int64()) > kUtcOffsetMax) return false;
    message.utc_offset_minutes = value.get_int64();
    return true;
}

bool read_tags(const json::value& value, const ImportOptions&, ImportedMessage& message) {
    if (value.is_string()) message.tags = split_tags(view(value), ",");
    if (!value.is_array()) return value.is_null() || value.is_string();
    const auto is_text = [](const json::value& tag) { return tag.is_string(); };
    if (!std::ranges::all_of(value.get_array(), is_text)) return false;
    for (const json::value& tag : value.get_array()) message.tags.emplace_back(view(tag));
    return true;
}

bool read_metadata(const json::value& value, const ImportOptions&, ImportedMessage& message) {
    if (!value.is_object()) return value.is_null();
    message.metadata.text.clear();
    base::append_json(message.metadata.text, value);
    return true;
}

bool read_pinned(const json::value& value, const ImportOptions&, ImportedMessage& message) {
    if (!value.is_bool()) return value.is_null();
    message.pinned = value.get_bool();
    return true;
}

constexpr std::string_view kTime = "a time such as 2026-11-23T05:51:47Z";

constexpr std::array<MemoryField, 15> kFields{{
    {"content", "a text", read_text<&ImportedMessage::content>},
    {"created_at", kTime, read_created},
    {"occurred_at", kTime, read_occurred},
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

struct Alias {
    std::string_view name, field;
};

// In order of preference among those of one field; in lower case.
constexpr std::array<Alias, 12> kAliases{{
    {"text", "content"},
    {"body", "content"},
    {"note", "content"},
    {"memory", "content"},
    {"textcontent", "content"},
    {"createdat", "created_at"},
    {"created", "created_at"},
    {"date", "created_at"},
    {"timestamp", "created_at"},
    {"createtime", "created_at"},
    {"name", "title"},
    {"tag", "tags"},
}};

std::string plain_name(std::string_view name) {
    std::string plain = base::to_lower_ascii(trim_marks(base::cut_code_points(name, 100)));
    std::ranges::replace(plain, ' ', '_');
    return plain;
}

}  // namespace

const MemoryField* find_memory_field(std::string_view name) {
    const std::string plain = plain_name(name);
    const auto* alias = std::ranges::find(kAliases, plain, &Alias::name);
    const auto* field = std::ranges::find(kFields, alias == kAliases.end() ? std::string_view(plain) : alias->field,
                                          &MemoryField::name);
    return field == kFields.end() ? nullptr : field;
}

std::size_t rank_of_name(std::string_view name) {
    const auto* alias = std::ranges::find(kAliases, plain_name(name), &Alias::name);
    return alias == kAliases.end() ? 0 : static_cast<std::size_t>(alias - kAliases.begin()) + 1;
}

std::vector<std::string> split_tags(std::string_view text, std::string_view separators) {
    std::vector<std::string> tags;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        std::string_view tag = trim_marks(text.substr(0, end));
        if (tag.starts_with('#')) tag.remove_prefix(1);
        if (!tag.empty()) tags.emplace_back(tag);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return tags;
}

void cut_to_limits(ImportedMessage& message) {
    std::erase_if(message.tags, [](const std::string& tag) {
        return trim_marks(tag).empty() || base::count_code_points(tag) > memory::kTagMax;
    });
    fit(message);
}

}  // namespace engram::integration
