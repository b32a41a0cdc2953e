#include "base/id.hpp"

#include <gtest/gtest.h>

namespace engram::base {
namespace {

TEST(Id, ReadsAndWritesTheTextForm) {
    const auto id = parse_uuid("F81D4FAE-7dec-11D0-a765-00a0C91E6BF6");
    ASSERT_TRUE(id);
    EXPECT_EQ(id->bytes[0], 0xf8);
    EXPECT_EQ(id->bytes[15], 0xf6);
    EXPECT_EQ(to_string(*id), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    std::string out = "id=";
    append_uuid(out, Uuid{});
    EXPECT_EQ(out, "id=00000000-0000-0000-0000-000000000000");
}

TEST(Id, RefusesEveryOtherText) {
    for (const char* text : {"", "f81d4fae-7dec-11d0-a765-00a0c91e6bf", "f81d4fae-7dec-11d0-a765-00a0c91e6bf60",
                             "f81d4fae7dec11d0a76500a0c91e6bf6", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
                             "g81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae07dec-11d0-a765-00a0c91e6bf6",
                             "f81d4fa--7dec-11d0-a765-00a0c91e6bf6"})
        EXPECT_FALSE(parse_uuid(text)) << text;
}

// RFC 9562, appendix A.6: 2022-02-22 14:22:22 GMT-05:00.
TEST(Id, MakesTheVersion7ExampleOfTheRfc) {
    const Time time = *parse_rfc3339("2022-02-22T14:22:22-05:00");
    const std::array<std::uint8_t, 10> random{0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
    EXPECT_EQ(to_string(make_uuid7(time, random)), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Id, Version7SortsByTimeAndKeepsItsMarks) {
    std::array<std::uint8_t, 10> ones{}, zeros{};
    ones.fill(0xff);
    const Time time = *parse_rfc3339("2026-11-23T05:51:47.123Z");
    const Uuid earlier = make_uuid7(time, ones), later = make_uuid7(time + std::chrono::milliseconds(1), zeros);
    EXPECT_LT(earlier, later);
    EXPECT_EQ(earlier.bytes[6] >> 4, 7);
    EXPECT_EQ(earlier.bytes[8] >> 6, 2);
    EXPECT_EQ(later.bytes[8] >> 6, 2);
    EXPECT_NE(UuidHash{}(earlier), UuidHash{}(later));
}

TEST(Id, TheNextOneSortsAfterAndKeepsItsMarks) {
    Uuid id = parse_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07fffe").value();
    for (const char* expected : {"017f22e2-79b0-7cc3-98c4-dc0c0c07ffff", "017f22e2-79b0-7cc3-98c4-dc0c0c080000"})
        EXPECT_EQ(to_string(id = next_uuid7(id)), expected);
    const Uuid full = parse_uuid("017f22e2-79b0-7cc3-98ff-ffffffffffff").value();
    EXPECT_EQ(to_string(next_uuid7(full)), "017f22e2-79b0-7cc3-9900-000000000000");
}

}  // namespace
}  // namespace engram::base
