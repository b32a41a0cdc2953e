#include "ports/table.hpp"

#include "base/error.hpp"

namespace engram::ports {

ColumnType declared_type(std::string_view name) {
    if (name == "boolean") return ColumnType::kBoolean;
    if (name == "bigint") return ColumnType::kInteger;
    if (name == "double precision") return ColumnType::kReal;
    if (name == "bytea") return ColumnType::kBytes;
    if (name == "uuid") return ColumnType::kUuid;
    if (name == "timestamptz") return ColumnType::kTime;
    if (name == "text" || name == "json" || name == "jsonb") return ColumnType::kText;
    throw base::Error(base::Code::kInternal, "A schema step declares a type that nobody knows.", std::string(name));
}

}  // namespace engram::ports
