#include "ports/packed_row.hpp"

#include <bit>
#include <cstring>

#include "base/crypto.hpp"
#include "base/error.hpp"

namespace engram::ports {
namespace {

static_assert(std::endian::native == std::endian::little);

base::Error wrong_value(std::string_view why) {
    return {base::Code::kInternal, "A row that was kept cannot be read.", std::string(why)};
}

// Seven bits a byte, the lowest first; the last one has no high bit.
void append_size(std::string& out, std::size_t size) {
    for (; size >= 0x80; size >>= 7) out += static_cast<char>(size | 0x80);
    out += static_cast<char>(size);
}

std::size_t take_size(std::string_view& packed) {
    std::size_t size = 0;
    for (int shift = 0; shift < 64 && !packed.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(packed.front());
        packed.remove_prefix(1);
        size |= std::size_t{byte & 0x7FU} << shift;
        if (byte < 0x80) return size;
    }
    throw wrong_value("it ends early");
}

// The size is one more than that of the value: NULL has none.
void append_value(std::string& out, std::string_view value) {
    append_size(out, value.size() + 1);
    out += value;
}

// Small numbers of either sign are short: the sign is the lowest bit, and zeros at the front are left out.
void append_number(std::string& out, std::int64_t number) {
    const std::uint64_t turned = (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
    char bytes[sizeof turned];
    std::memcpy(bytes, &turned, sizeof turned);
    append_value(out, {bytes, static_cast<std::size_t>(71 - std::countl_zero(turned)) / 8});
}

void append_column(std::string& out, const Row& row, int column, ColumnType type) {
    switch (type) {
        case ColumnType::kBoolean:
            return append_number(out, row.boolean(column) ? 1 : 0);
        case ColumnType::kInteger:
            return append_number(out, row.integer(column));
        case ColumnType::kTime:
            return append_number(out, row.time(column).time_since_epoch().count());
        case ColumnType::kReal: {
            const double real = row.real(column);
            char bytes[sizeof real];
            std::memcpy(bytes, &real, sizeof real);
            return append_value(out, {bytes, sizeof real});
        }
        case ColumnType::kText:
            return append_value(out, row.text(column));
        case ColumnType::kBytes: {
            const auto bytes = row.bytes(column);
            return append_value(out, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        }
        case ColumnType::kUuid: {
            const base::Uuid id = row.uuid(column);
            return append_value(out, {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
        }
    }
}

}  // namespace

std::string pack_row(const Row& row, std::span<const ColumnType> columns) {
    std::string packed;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (row.is_null(column))
            append_size(packed, 0);
        else
            append_column(packed, row, column, columns[i]);
    }
    return packed;
}

PackedRow::PackedRow(std::string_view packed, std::span<const ColumnType> columns) : columns_(columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::size_t size = take_size(packed);
        if (size == 0) continue;
        if (packed.size() < size - 1) throw wrong_value("it ends early");
        values_.at(i) = packed.substr(0, size - 1);
        packed.remove_prefix(size - 1);
    }
}

double PackedRow::real(int column) const {
    const std::string_view value = value_of(column, ColumnType::kReal);
    double real = 0;
    std::memcpy(&real, value.data(), std::min(value.size(), sizeof real));
    return real;
}

std::string_view PackedRow::text(int column) const { return value_of(column, ColumnType::kText); }

std::span<const std::uint8_t> PackedRow::bytes(int column) const {
    return base::as_bytes(value_of(column, ColumnType::kBytes));
}

base::Uuid PackedRow::uuid(int column) const {
    const std::string_view value = value_of(column, ColumnType::kUuid);
    base::Uuid id;
    std::memcpy(id.bytes.data(), value.data(), std::min(value.size(), id.bytes.size()));
    return id;
}

base::Time PackedRow::time(int column) const {
    return base::Time(std::chrono::microseconds(number(column, ColumnType::kTime)));
}

std::string_view PackedRow::value_of(int column, ColumnType type) const {
    const std::string_view found = value(column);
    if (found.data() == nullptr) throw wrong_value("a value is NULL");
    if (columns_[static_cast<std::size_t>(column)] != type) throw wrong_value("a value has another type");
    return found;
}

std::int64_t PackedRow::number(int column, ColumnType type) const {
    const std::string_view value = value_of(column, type);
    std::uint64_t turned = 0;
    std::memcpy(&turned, value.data(), std::min(value.size(), sizeof turned));
    return static_cast<std::int64_t>(turned >> 1) ^ -static_cast<std::int64_t>(turned & 1);
}

}  // namespace engram::ports
