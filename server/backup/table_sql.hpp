// The statements by which tables are copied, made of their shape.
#pragma once

#include <string>
#include <string_view>

#include "ports/table.hpp"

namespace engram::backup {

// Which rows of a table are read.
enum class Rows { kAll, kOfOwner, kOfId };  // $1: nothing, user_id, id

// A page in order of the key; `after`: only what comes after the key columns, which follow the other parameters (of
// kOfOwner: without user_id, which all have in common). The texts live as long as the program.
std::string_view select_page(const ports::Table& table, Rows rows, bool after);

std::string_view insert_row(const ports::Table& table);
std::string_view delete_of_owner(const ports::Table& table);
std::string_view delete_all(const ports::Table& table);

// The columns of select_page's `after`: places in table.columns.
std::vector<std::size_t> page_key(const ports::Table& table, Rows rows);

constexpr int kPageRows = 500;

}  // namespace engram::backup
