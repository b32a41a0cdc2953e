#include "backup/table_sql.hpp"

#include <algorithm>
#include <mutex>
#include <set>

namespace engram::backup {
namespace {

// Prepared statements are kept by their text.
std::string_view keep(std::string text) {
    static std::mutex mutex;
    static std::set<std::string> texts;
    const std::lock_guard lock(mutex);
    return *texts.insert(std::move(text)).first;
}

template <class Range, class Name>
std::string list(const Range& range, const Name& name) {
    std::string text;
    for (const auto& one : range) text.append(text.empty() ? "" : ", ").append(name(one));
    return text;
}

std::string parameters(std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "$" : ", $").append(std::to_string(first + i));
    return text;
}

}  // namespace

std::vector<std::size_t> page_key(const ports::Table& table, Rows rows) {
    std::vector<std::size_t> places;
    for (const std::string& name : table.key)
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (table.columns[i].name == name && !(rows == Rows::kOfOwner && name == "user_id")) places.push_back(i);
    return places;
}

std::string_view select_page(const ports::Table& table, Rows rows, bool after) {
    const auto key = page_key(table, rows);
    const std::string columns = list(table.columns, [](const ports::Column& column) { return column.name; });
    const std::string order = list(key, [&](std::size_t place) { return table.columns[place].name; });
    std::string where;
    if (rows == Rows::kOfOwner) where = "user_id = $1";
    if (rows == Rows::kOfId) where = "id = $1";
    if (after) {
        where.append(where.empty() ? "" : " AND ").append("(").append(order).append(") > (");
        where.append(parameters(rows == Rows::kAll ? 1 : 2, key.size())).append(")");
    }
    std::string sql = "SELECT " + columns + " FROM " + table.name;
    if (!where.empty()) sql += " WHERE " + where;
    if (!order.empty()) sql += " ORDER BY " + order;
    return keep(sql + " LIMIT " + std::to_string(kPageRows));
}

std::string_view insert_row(const ports::Table& table) {
    const std::string columns = list(table.columns, [](const ports::Column& column) { return column.name; });
    return keep("INSERT INTO " + table.name + " (" + columns + ") VALUES (" + parameters(1, table.columns.size()) +
                ")");
}

std::string_view delete_all(const ports::Table& table) { return keep("DELETE FROM " + table.name); }

std::string_view delete_of_owner(const ports::Table& table) {
    return keep("DELETE FROM " + table.name + " WHERE user_id = $1");
}

}  // namespace engram::backup
