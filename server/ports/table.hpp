// What a table looks like, for what copies whole databases.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engram::ports {

// As ports::Row reads them and ports::Param binds them; JSON is text.
enum class ColumnType { kBoolean, kInteger, kReal, kText, kBytes, kUuid, kTime };

// Of a name as a schema step writes it: "bigint", "timestamptz", ... Throws kInternal for any other.
ColumnType declared_type(std::string_view name);

struct Column {
    std::string name;
    ColumnType type = ColumnType::kText;
};

struct Table {
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> key;  // columns of the primary key, in its order
    bool by_month = false;         // partitions by month of created_at: see Database::ensure_partition

    // Rows of one person each, seen by a transaction of that owner only.
    bool is_owned() const { return !key.empty() && key.front() == "user_id"; }
};

}  // namespace engram::ports
