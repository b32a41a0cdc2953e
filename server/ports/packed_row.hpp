// A row's values in few bytes, for what keeps rows in memory. Any thread.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "ports/database.hpp"
#include "ports/table.hpp"

namespace engram::ports {

inline constexpr std::size_t kPackedColumnsMax = 64;

// `columns`: the type of each column of the row, kPackedColumnsMax at most; NULL is packed as such.
std::string pack_row(const Row& row, std::span<const ColumnType> columns);

// Reads what pack_row() made of the same columns; both must outlive it. A value asked for as another type than it
// has is kInternal, as of any row.
class PackedRow final : public Row {
public:
    PackedRow(std::string_view packed, std::span<const ColumnType> columns);

    bool is_null(int column) const override { return value(column).data() == nullptr; }
    bool boolean(int column) const override { return number(column, ColumnType::kBoolean) != 0; }
    std::int64_t integer(int column) const override { return number(column, ColumnType::kInteger); }
    double real(int column) const override;
    std::string_view text(int column) const override;
    std::span<const std::uint8_t> bytes(int column) const override;
    base::Uuid uuid(int column) const override;
    base::Time time(int column) const override;

private:
    std::string_view value(int column) const { return values_.at(static_cast<std::size_t>(column)); }
    std::string_view value_of(int column, ColumnType type) const;
    std::int64_t number(int column, ColumnType type) const;

    std::span<const ColumnType> columns_;
    std::array<std::string_view, kPackedColumnsMax> values_;  // without data: NULL
};

}  // namespace engram::ports
