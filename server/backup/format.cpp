#include "backup/format.hpp"

#include <array>
#include <boost/json/value.hpp>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::backup {
namespace {

namespace json = boost::json;
using ports::ColumnType;

constexpr std::array<std::pair<std::string_view, ColumnType>, 7> kTypes{{{"boolean", ColumnType::kBoolean},
                                                                         {"integer", ColumnType::kInteger},
                                                                         {"real", ColumnType::kReal},
                                                                         {"text", ColumnType::kText},
                                                                         {"bytes", ColumnType::kBytes},
                                                                         {"uuid", ColumnType::kUuid},
                                                                         {"time", ColumnType::kTime}}};

std::string_view name_of(ColumnType type) {
    for (const auto& [name, known] : kTypes)
        if (known == type) return name;
    return {};
}

base::Error unreadable(const std::string& what) { return {base::Code::kInvalid, what}; }

ColumnType type_of(std::string_view wanted) {
    for (const auto& [name, type] : kTypes)
        if (name == wanted) return type;
    throw unreadable("there is no column type \"" + std::string(wanted) + '"');
}

template <class T>
const T& member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if constexpr (std::is_same_v<T, json::string>)
        if (value != nullptr && value->is_string()) return value->get_string();
    if constexpr (std::is_same_v<T, json::array>)
        if (value != nullptr && value->is_array()) return value->get_array();
    if constexpr (std::is_same_v<T, json::object>)
        if (value != nullptr && value->is_object()) return value->get_object();
    throw unreadable("\"" + std::string(name) + "\" is missing, or of another type");
}

std::int64_t integer(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value != nullptr && value->is_int64()) return value->get_int64();
    throw unreadable("\"" + std::string(name) + "\" is missing, or of another type");
}

const json::object& object_of(const json::value& value) {
    if (value.is_object()) return value.get_object();
    throw unreadable("an object was expected");
}

json::value json_of(const ports::Table& table) {
    json::array columns, key;
    for (const ports::Column& column : table.columns)
        columns.push_back(json::object{{"name", column.name}, {"type", name_of(column.type)}});
    for (const std::string& column : table.key) key.push_back(json::string(column));
    return json::object{{"name", table.name}, {"columns", std::move(columns)}, {"key", std::move(key)}};
}

ports::Table table_of(const json::object& object) {
    ports::Table table{.name = std::string(member<json::string>(object, "name")), .columns = {}, .key = {}};
    for (const json::value& column : member<json::array>(object, "columns"))
        table.columns.push_back({std::string(member<json::string>(object_of(column), "name")),
                                 type_of(member<json::string>(object_of(column), "type"))});
    for (const json::value& column : member<json::array>(object, "key")) {
        if (!column.is_string()) throw unreadable("a key is no list of names");
        table.key.emplace_back(column.get_string());
    }
    return table;
}

std::string serialised(const json::value& value) {
    std::string text;
    base::append_json(text, value);
    return text;
}

}  // namespace

std::string text_of(const Header& header) {
    json::array schema, tables;
    for (const ports::AppliedStep& step : header.schema)
        schema.push_back(json::object{{"module", step.module}, {"number", step.number}});
    for (const ports::Table& table : header.tables) tables.push_back(json_of(table));
    return serialised(json::object{{"engram", "backup"},
                                   {"format", kFormat},
                                   {"made_by", header.made_by},
                                   {"made_at", base::format_rfc3339(header.made_at)},
                                   {"schema", std::move(schema)},
                                   {"tables", std::move(tables)}});
}

std::string text_of(const Section& section) {
    json::object object{{"table", section.table}};
    if (section.owner) object["of"] = to_string(*section.owner);
    return serialised(object);
}

std::string text_of(const End& end) {
    return serialised(json::object{{"end", json::object{{"rows", end.rows}, {"sha256", end.sha256}}}});
}

Header read_header(std::string_view line) {
    const json::value value = base::parse_json(line);
    const json::object& object = object_of(value);
    if (member<json::string>(object, "engram") != "backup") throw unreadable("this is no backup of engram");
    if (integer(object, "format") > kFormat)
        throw base::Error(base::Code::kConflict, "A newer program made this backup. Use a newer program.");
    Header header{
        .made_by = std::string(member<json::string>(object, "made_by")), .made_at = {}, .schema = {}, .tables = {}};
    const auto made_at = base::parse_rfc3339(member<json::string>(object, "made_at"));
    if (!made_at) throw unreadable("\"made_at\" is no time");
    header.made_at = *made_at;
    for (const json::value& step : member<json::array>(object, "schema"))
        header.schema.push_back({std::string(member<json::string>(object_of(step), "module")),
                                 static_cast<int>(integer(object_of(step), "number"))});
    for (const json::value& table : member<json::array>(object, "tables"))
        header.tables.push_back(table_of(object_of(table)));
    return header;
}

Mark read_mark(std::string_view line) {
    const json::value value = base::parse_json(line);
    const json::object& object = object_of(value);
    if (object.contains("end")) {
        const json::object& end = member<json::object>(object, "end");
        return End{integer(end, "rows"), std::string(member<json::string>(end, "sha256"))};
    }
    Section section{.table = std::string(member<json::string>(object, "table")), .owner = {}};
    if (!object.contains("of")) return section;
    section.owner = base::parse_uuid(member<json::string>(object, "of"));
    if (!section.owner) throw unreadable("\"of\" is no id of a person");
    return section;
}

}  // namespace engram::backup
