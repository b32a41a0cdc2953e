// Values in PostgreSQL's binary format: parameters to it, rows from it. Internal.
#pragma once

#include <libpq-fe.h>

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "ports/database.hpp"

namespace engram::postgres {

// The parameters of one statement as PQsendQueryPrepared wants them. Texts and bytes are pointed at, not copied.
class Parameters {
public:
    // Throws kInternal where a value does not fit the type (an Oid) that the statement has in its place.
    void assign(std::span<const ports::Param> params, std::span<const Oid> types, std::string_view sql);

    int count() const { return static_cast<int>(values_.size()); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    std::vector<std::array<char, 8>> numbers_;
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
};

// One row of a result in binary.
class PostgresRow final : public ports::Row {
public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

    bool is_null(int column) const override;
    bool boolean(int column) const override;
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view text(int column) const override;
    std::span<const std::uint8_t> bytes(int column) const override;
    base::Uuid uuid(int column) const override;
    base::Time time(int column) const override;

private:
    Oid type(int column) const;
    std::string_view raw(int column) const;

    const PGresult* result_;
    int row_;
};

}  // namespace engram::postgres
