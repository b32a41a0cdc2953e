#include "backup/row.hpp"

#include <array>
#include <charconv>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::backup {
namespace {

using ports::ColumnType;

Value value_of(const ports::Row& row, int column, ColumnType type) {
    if (row.is_null(column)) return nullptr;
    switch (type) {
        case ColumnType::kBoolean:
            return row.boolean(column);
        case ColumnType::kInteger:
            return row.integer(column);
        case ColumnType::kReal:
            return row.real(column);
        case ColumnType::kText:
            return std::string(row.text(column));
        case ColumnType::kBytes:
            return base::Bytes(row.bytes(column).begin(), row.bytes(column).end());
        case ColumnType::kUuid:
            return row.uuid(column);
        case ColumnType::kTime:
            return row.time(column);
    }
    return nullptr;
}

struct ToJson {
    boost::json::value operator()(std::nullptr_t) const { return nullptr; }
    boost::json::value operator()(bool value) const { return value; }
    boost::json::value operator()(std::int64_t value) const { return value; }
    boost::json::value operator()(double value) const {
        std::array<char, 32> text{};
        const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
        return boost::json::string(std::string_view(text.data(), end));
    }
    boost::json::value operator()(const std::string& value) const { return boost::json::string(value); }
    boost::json::value operator()(const base::Bytes& value) const {
        return boost::json::string(base::to_base64url(value));
    }
    boost::json::value operator()(const base::Uuid& value) const { return boost::json::string(to_string(value)); }
    boost::json::value operator()(base::Time value) const { return std::int64_t{value.time_since_epoch().count()}; }
};

struct ToParam {
    ports::Param operator()(const std::string& value) const { return std::string_view(value); }
    ports::Param operator()(const base::Bytes& value) const { return std::span<const std::uint8_t>(value); }
    template <class T>
    ports::Param operator()(const T& value) const {
        return value;
    }
};

base::Error misfit(const ports::Column& column) {
    return {base::Code::kInvalid, "the value of " + column.name + " is of another type"};
}

Value from_text(const boost::json::string& text, const ports::Column& column) {
    if (column.type == ColumnType::kText) return std::string(text);
    if (column.type == ColumnType::kUuid)
        if (const auto id = base::parse_uuid(text)) return *id;
    if (double value = 0; column.type == ColumnType::kReal)
        if (const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
            read.ec == std::errc() && read.ptr == text.data() + text.size())
            return value;
    if (column.type == ColumnType::kBytes)
        if (base::Bytes bytes; base::from_base64url(text, bytes)) return bytes;
    throw misfit(column);
}

Value from_json(const boost::json::value& value, const ports::Column& column) {
    if (value.is_null()) return nullptr;
    if (value.is_bool() && column.type == ColumnType::kBoolean) return value.get_bool();
    if (value.is_int64() && column.type == ColumnType::kInteger) return value.get_int64();
    if (value.is_int64() && column.type == ColumnType::kTime)
        return base::Time(std::chrono::microseconds(value.get_int64()));
    if (value.is_string()) return from_text(value.get_string(), column);
    throw misfit(column);
}

}  // namespace

ports::Param param_of(const Value& value) { return std::visit(ToParam{}, value); }

Values values_of(const ports::Row& row, std::span<const ports::Column> columns) {
    Values values;
    values.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        values.push_back(value_of(row, static_cast<int>(i), columns[i].type));
    return values;
}

void append_line(std::string& out, const Values& values) {
    boost::json::array array;
    array.reserve(values.size());
    for (const Value& value : values) array.push_back(std::visit(ToJson{}, value));
    base::append_json(out, array);
}

Values read_line(std::string_view line, std::span<const ports::Column> columns) {
    const base::JsonDocument document(line);
    const auto* array = document.root().if_array();
    if (array == nullptr || array->size() != columns.size())
        throw base::Error(base::Code::kInvalid, "a row has not as many values as its table has columns");
    Values values;
    values.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) values.push_back(from_json((*array)[i], columns[i]));
    return values;
}

}  // namespace engram::backup
