// One row of a table: its values, and its line in a backup.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/crypto.hpp"
#include "ports/database.hpp"

namespace engram::backup {

// As ports::Param, but owning what it holds.
using Value =
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, base::Bytes, base::Uuid, base::Time>;
using Values = std::vector<Value>;

// Views into `value`, which must outlive it.
ports::Param param_of(const Value& value);

// The row's columns from 0, of these types.
Values values_of(const ports::Row& row, std::span<const ports::Column> columns);

// A JSON array: times as microseconds since 1970, uuids in their 36 characters, bytes in base64url,
// reals as the shortest text that gives them back.
void append_line(std::string& out, const Values& values);

// The other way. Throws kInvalid, naming the column, for a line that these columns do not fit.
Values read_line(std::string_view line, std::span<const ports::Column> columns);

}  // namespace engram::backup
