#include "modules/memory/memory_row.hpp"

#include <array>
#include <boost/json/value.hpp>

#include "base/text.hpp"
#include "modules/memory/memory_columns.hpp"

namespace engram::memory {
namespace {

using ports::optional_text;
using ports::optional_time;
using ports::optional_uuid;
using ports::Row;

std::vector<base::Uuid> ids_of_json(std::string_view json) {
    std::vector<base::Uuid> ids;
    for (const std::string& text : texts_of_json(json)) ids.push_back(base::parse_uuid(text).value());
    return ids;
}

}  // namespace

// Most memories have neither tags nor attachments: no parser is started for them.
std::vector<std::string> texts_of_json(std::string_view json) {
    std::vector<std::string> texts;
    if (json == "[]") return texts;
    const boost::json::value parsed = base::parse_json(json);
    for (const auto& text : parsed.as_array()) texts.emplace_back(text.as_string());
    return texts;
}

Memory memory_of(const Row& row) {
    Memory memory;
    memory.id = row.uuid(0);
    memory.author_id = row.uuid(1);
    memory.title = optional_text(row, 2);
    memory.content = row.text(3);
    memory.classification = row.text(4);
    memory.classified_by = row.text(5);
    memory.confidence_score = row.real(6);
    memory.source = row.text(7);
    memory.context = optional_text(row, 8);
    memory.tags = texts_of_json(row.text(9));
    memory.emotional_context = optional_text(row, 10);
    memory.security_level = row.integer(11);
    memory.metadata.text = row.text(12);
    memory.attachments = ids_of_json(row.text(13));
    memory.thread_id = optional_uuid(row, 14);
    memory.reply_to = optional_uuid(row, 15);
    memory.import_id = optional_uuid(row, 16);
    memory.revision = row.integer(17);
    memory.created_at = row.time(18);
    memory.updated_at = row.time(19);
    memory.occurred_at = optional_time(row, 20);
    memory.remind_at = optional_time(row, 21);
    memory.pinned = row.boolean(22);
    memory.trashed_at.value = optional_time(row, 24);
    if (!row.is_null(25)) memory.utc_offset_minutes = row.integer(25);
    return memory;
}

FoundEntry found_entry_of(const Row& row) { return {memory_of(row), std::string(row.text(kLanguageColumn))}; }

std::span<const ports::ColumnType> entry_columns() {
    using enum ports::ColumnType;
    static constexpr std::array<ports::ColumnType, kColumns> kTypes{
        kUuid, kUuid, kText, kText, kText,    kText, kReal, kText, kText, kText,    kText, kInteger, kText,
        kText, kUuid, kUuid, kUuid, kInteger, kTime, kTime, kTime, kTime, kBoolean, kText, kTime,    kInteger};
    return kTypes;
}

std::string json_of_texts(const std::vector<std::string>& texts) {
    std::string json = "[";
    for (const std::string& text : texts) {
        if (json.size() > 1) json += ',';
        base::append_json_string(json, text);
    }
    return json += ']';
}

std::string json_of_ids(const std::vector<base::Uuid>& ids) {
    std::vector<std::string> texts;
    for (const base::Uuid& id : ids) texts.push_back(to_string(id));
    return json_of_texts(texts);
}

}  // namespace engram::memory
