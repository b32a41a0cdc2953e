#include "ports/packed_row.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace engram::ports {
namespace {

using Value = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, std::vector<std::uint8_t>,
                           base::Uuid, base::Time>;

// A row as an adapter gives it.
class ValuesRow final : public Row {
public:
    explicit ValuesRow(std::vector<Value> values) : values_(std::move(values)) {}

    bool is_null(int column) const override { return std::holds_alternative<std::nullptr_t>(at(column)); }
    bool boolean(int column) const override { return std::get<bool>(at(column)); }
    std::int64_t integer(int column) const override { return std::get<std::int64_t>(at(column)); }
    double real(int column) const override { return std::get<double>(at(column)); }
    std::string_view text(int column) const override { return std::get<std::string>(at(column)); }
    std::span<const std::uint8_t> bytes(int column) const override {
        return std::get<std::vector<std::uint8_t>>(at(column));
    }
    base::Uuid uuid(int column) const override { return std::get<base::Uuid>(at(column)); }
    base::Time time(int column) const override { return std::get<base::Time>(at(column)); }

private:
    const Value& at(int column) const { return values_.at(static_cast<std::size_t>(column)); }
    std::vector<Value> values_;
};

using enum ColumnType;

TEST(PackedRow, ReadsBackEveryTypeAsItWas) {
    const base::Uuid id{{1, 2, 3, 0, 0xFF, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0}};
    const base::Time time{std::chrono::microseconds(-5)};
    const std::string text("a\0b", 3);
    const ValuesRow row({true, std::int64_t{0}, 0.1, text, std::vector<std::uint8_t>{0, 255}, id, time, nullptr});
    const std::vector<ColumnType> columns{kBoolean, kInteger, kReal, kText, kBytes, kUuid, kTime, kText};
    const std::string packed = pack_row(row, columns);
    const PackedRow back(packed, columns);
    EXPECT_TRUE(back.boolean(0));
    EXPECT_EQ(back.integer(1), 0);
    EXPECT_EQ(back.real(2), 0.1);
    EXPECT_EQ(back.text(3), text);
    EXPECT_EQ(back.bytes(4)[1], 255);
    EXPECT_EQ(back.uuid(5), id);
    EXPECT_EQ(back.time(6), time);
    EXPECT_TRUE(back.is_null(7));
    EXPECT_FALSE(back.is_null(0));
}

TEST(PackedRow, NumbersOfAnySizeAndTextsOfAnyLengthComeBack) {
    using Limits = std::numeric_limits<std::int64_t>;
    const std::vector integers{kInteger}, texts{kText};
    for (const std::int64_t number : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{127},
                                      std::int64_t{128}, std::int64_t{-128}, Limits::max(), Limits::min()}) {
        const std::string packed = pack_row(ValuesRow({number}), integers);
        EXPECT_EQ(PackedRow(packed, integers).integer(0), number);
    }
    for (const std::size_t length : {0U, 1U, 126U, 127U, 128U, 20'000U}) {
        const std::string text(length, 'x');
        const std::string packed = pack_row(ValuesRow({text}), texts);
        const PackedRow back(packed, texts);
        EXPECT_FALSE(back.is_null(0));
        EXPECT_EQ(back.text(0), text);
    }
}

TEST(PackedRow, TheWrongTypeNullAndAPartOfARowAreErrors) {
    const std::vector<ColumnType> columns{kText, kText};
    const std::string packed = pack_row(ValuesRow({std::string("word"), nullptr}), columns);
    const PackedRow row(packed, columns);
    EXPECT_THROW(row.integer(0), base::Error);
    EXPECT_THROW(row.text(1), base::Error);
    for (std::size_t size = 0; size < packed.size(); ++size)
        EXPECT_THROW(PackedRow(std::string_view(packed).substr(0, size), columns), base::Error);
}

}  // namespace
}  // namespace engram::ports
