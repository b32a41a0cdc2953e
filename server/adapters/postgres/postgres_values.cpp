#include "adapters/postgres/postgres_values.hpp"

#include <endian.h>

#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <string>

#include "base/error.hpp"

namespace engram::postgres {
namespace {

// PostgreSQL's catalog, pg_type.dat: these numbers never change.
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt4 = 23, kText = 25, kJson = 114, kFloat8 = 701,
              kVarchar = 1043, kTimestamptz = 1184, kUuid = 2950;
constexpr int kBinary = 1;

// timestamptz counts microseconds from 2000-01-01 UTC.
constexpr std::chrono::microseconds kEpoch = std::chrono::seconds(946'684'800);

bool is_text(Oid type) { return type == kText || type == kVarchar || type == kName || type == kJson; }

base::Error wrong_type(std::string_view wanted, int column, Oid type) {
    return {base::Code::kInternal, "The database gave a value of another type.",
            "column " + std::to_string(column) + " (type " + std::to_string(type) + ") is not " + std::string(wanted)};
}

// A value of up to 8 bytes, most significant first.
struct Number {
    std::array<char, 8> bytes{};
    int length = 8;
};

template <class T, class Swapped>
Number number_of(T value, Swapped (*swap)(Swapped)) {
    const Swapped swapped = swap(std::bit_cast<Swapped>(value));
    Number number{{}, sizeof swapped};
    std::memcpy(number.bytes.data(), &swapped, sizeof swapped);
    return number;
}
Number eight(auto value) {
    return number_of(value, +[](std::uint64_t v) { return htobe64(v); });
}
Number four(auto value) {
    return number_of(value, +[](std::uint32_t v) { return htobe32(v); });
}

template <class Narrow>
bool fits(std::int64_t value) {
    return value >= std::numeric_limits<Narrow>::min() && value <= std::numeric_limits<Narrow>::max();
}

// One parameter: a view of bytes that live elsewhere, or a number; nothing where it does not fit the type.
struct Encoded {
    std::optional<std::string_view> view;
    std::optional<Number> number;
    bool is_null = false;
};

std::string_view chars(const auto& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

struct Encoder {
    Oid type;

    Encoded operator()(std::nullptr_t) const { return {.is_null = true}; }
    Encoded operator()(bool value) const {
        if (type != kBool) return {};
        return {.number = Number{{static_cast<char>(value)}, 1}};
    }
    Encoded operator()(std::int64_t value) const {
        if (type == kInt8) return {.number = eight(value)};
        if (type == kInt4 && fits<std::int32_t>(value)) return {.number = four(static_cast<std::int32_t>(value))};
        if (type == kFloat8) return {.number = eight(static_cast<double>(value))};
        return {};
    }
    Encoded operator()(double value) const {
        if (type == kFloat8) return {.number = eight(value)};
        return {};
    }
    Encoded operator()(std::string_view value) const {
        if (!is_text(type)) return {};
        return {.view = value};
    }
    Encoded operator()(std::span<const std::uint8_t> value) const {
        if (type != kBytea) return {};
        return {.view = chars(value)};
    }
    Encoded operator()(const base::Uuid& value) const {
        if (type != kUuid) return {};
        return {.view = chars(value.bytes)};
    }
    Encoded operator()(base::Time value) const {
        if (type != kTimestamptz) return {};
        return {.number = eight((value.time_since_epoch() - kEpoch).count())};
    }
};

std::uint64_t read_eight(std::string_view raw) {
    std::uint64_t value = 0;
    std::memcpy(&value, raw.data(), sizeof value);
    return be64toh(value);
}

std::uint32_t read_four(std::string_view raw) {
    std::uint32_t value = 0;
    std::memcpy(&value, raw.data(), sizeof value);
    return be32toh(value);
}

}  // namespace

void Parameters::assign(std::span<const ports::Param> params, std::span<const Oid> types, std::string_view sql) {
    if (params.size() != types.size())
        throw base::Error(base::Code::kInternal, "The database refused a statement.",
                          std::to_string(params.size()) + " parameters given in: " + std::string(sql));
    numbers_.resize(params.size());  // before it is pointed into
    values_.assign(params.size(), nullptr);
    lengths_.assign(params.size(), 0);
    formats_.assign(params.size(), kBinary);
    for (std::size_t i = 0; i < params.size(); ++i) {
        const Encoded encoded = std::visit(Encoder{types[i]}, params[i]);
        if (encoded.is_null) continue;
        if (!encoded.view && !encoded.number)
            throw base::Error(base::Code::kInternal, "The database refused a statement.",
                              "parameter $" + std::to_string(i + 1) + " does not fit type " + std::to_string(types[i]) +
                                  " in: " + std::string(sql));
        if (encoded.number) numbers_[i] = encoded.number->bytes;
        const std::string_view view = encoded.view.value_or(std::string_view());
        // A null pointer would be NULL.
        values_[i] = encoded.number ? numbers_[i].data() : view.empty() ? "" : view.data();
        lengths_[i] = encoded.number ? encoded.number->length : static_cast<int>(view.size());
    }
}

Oid PostgresRow::type(int column) const { return PQftype(result_, column); }

std::string_view PostgresRow::raw(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

bool PostgresRow::is_null(int column) const { return PQgetisnull(result_, row_, column) != 0; }

bool PostgresRow::boolean(int column) const {
    if (is_null(column) || type(column) != kBool) throw wrong_type("a boolean", column, type(column));
    return raw(column)[0] != 0;
}

std::int64_t PostgresRow::integer(int column) const {
    if (!is_null(column)) {
        if (type(column) == kInt8) return static_cast<std::int64_t>(read_eight(raw(column)));
        if (type(column) == kInt4) return static_cast<std::int32_t>(read_four(raw(column)));
    }
    throw wrong_type("an integer", column, type(column));
}

double PostgresRow::real(int column) const {
    if (is_null(column) || type(column) != kFloat8) throw wrong_type("a number", column, type(column));
    return std::bit_cast<double>(read_eight(raw(column)));
}

std::string_view PostgresRow::text(int column) const {
    if (is_null(column) || !is_text(type(column))) throw wrong_type("text", column, type(column));
    return raw(column);
}

std::span<const std::uint8_t> PostgresRow::bytes(int column) const {
    if (is_null(column) || type(column) != kBytea) throw wrong_type("bytes", column, type(column));
    const std::string_view view = raw(column);
    return {reinterpret_cast<const std::uint8_t*>(view.data()), view.size()};
}

base::Uuid PostgresRow::uuid(int column) const {
    base::Uuid id;
    if (is_null(column) || type(column) != kUuid) throw wrong_type("a uuid", column, type(column));
    std::memcpy(id.bytes.data(), raw(column).data(), id.bytes.size());
    return id;
}

base::Time PostgresRow::time(int column) const {
    if (is_null(column) || type(column) != kTimestamptz) throw wrong_type("a time", column, type(column));
    return base::Time(std::chrono::microseconds(static_cast<std::int64_t>(read_eight(raw(column)))) + kEpoch);
}

}  // namespace engram::postgres
