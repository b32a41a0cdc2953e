#include "base/json.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <limits>

#include "base/error.hpp"

namespace engram::base {
namespace {

std::string written(const boost::json::value& value) {
    std::string out;
    append_json(out, value);
    return out;
}

struct Good {
    const char* name;
    std::string_view text, written;
};

TEST(Json, ReadsAndWrites) {
    const std::vector<Good> cases{
        {"object in its own order", R"( {"b" : 1, "a":[true,false,null]} )", R"({"b":1,"a":[true,false,null]})"},
        {"plain value", "7", "7"},
        {"largest int64", "9223372036854775807", "9223372036854775807"},
        {"smallest int64", "-9223372036854775808", "-9223372036854775808"},
        {"shortest double", "0.873", "0.873"},
        {"nearest double", "0.1234567890123456789", "0.12345678901234568"},
        {"exponent", "1e3", "1000"},
        {"underflow is zero", "1e-999", "0"},
        {"negative zero", "-0.0", "-0"},
        {"pair of surrogates", R"("\ud83d\ude00")", "\"\xF0\x9F\x98\x80\""},
        {"escapes", R"("\u00e9\/\"\\\n\u0001")", "\"\xC3\xA9/\\\"\\\\\\n\\u0001\""},
        {"the same key in two objects", R"([{"a":1},{"a":{"a":2}}])", R"([{"a":1},{"a":{"a":2}}])"},
        {"key with an escape", R"({"\u0061":1,"b":2})", R"({"a":1,"b":2})"},
        {"empty ones", R"([{},[],"",{"":0}])", R"([{},[],"",{"":0}])"},
    };
    for (const Good& test : cases) {
        EXPECT_EQ(written(parse_json(test.text)), test.written) << test.name;
        EXPECT_EQ(written(JsonDocument(test.text).root()), test.written) << test.name;
    }
}

struct Bad {
    const char* name;
    std::string text;
    std::string_view why;  // a part of the message
};

std::string repeated(std::string_view piece, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return out;
}

std::string many_keys(std::size_t count) {
    std::string out = "{";
    for (std::size_t i = 0; i < count; ++i) out += "\"k" + std::to_string(i) + "\":0,";
    return out + "\"k3\":1}";
}

TEST(Json, RefusesHostileTexts) {
    const std::vector<Bad> cases{
        {"empty", "", "byte 0: the text ends"},
        {"blank", "  ", "the text ends"},
        {"cut off", R"({"a":)", "the text ends"},
        {"something after", "{} x", "byte 3: something follows"},
        {"two values", "1 2", "something follows"},
        {"trailing comma", "[1,]", "byte 3"},
        {"comment", "[1/**/]", "byte 2"},
        {"single quotes", "{'a':1}", "byte 1"},
        {"leading zero", "01", "byte 1"},
        {"NaN", "NaN", "byte 0"},
        {"duplicate key", R"({"a":1,"b":2,"a":3})", "the key \"a\" twice"},
        {"duplicate by escape", R"({"a":1,"\u0061":3})", "the key \"a\" twice"},
        {"duplicate after an inner object", R"({"a":{"b":1},"a":3})", "the key \"a\" twice"},
        {"duplicate among many", many_keys(5000), "the key \"k3\" twice"},
        {"escaped NUL", R"("a\u0000b")", "NUL"},
        {"escaped NUL in a key", R"({"\u0000":1})", "NUL"},
        {"raw NUL", std::string("\"a\0b\"", 5), "byte 2"},
        {"raw control character", "\"a\nb\"", "byte 2"},
        {"above int64", "9223372036854775808", "64 bits"},
        {"below int64", "-9223372036854775809", "64 bits"},
        {"huge integer", "1" + std::string(400, '0'), "64 bits"},
        {"infinity", "1e999", "larger than a double"},
        {"minus infinity", "-1e999", "larger than a double"},
        {"huge exponent", "1e99999999999", "larger than a double"},
        {"barely infinite", "1.8e308", "larger than a double"},
        {"lone leading surrogate", R"("\ud800")", "byte"},
        {"lone trailing surrogate", R"("\udc00")", "byte"},
        {"leading without trailing", R"("\ud800\u0041")", "byte"},
        {"invalid UTF-8", "\"\xff\"", "byte 1"},
        {"overlong UTF-8", "\"\xc0\xaf\"", "byte 1"},
        {"surrogate in UTF-8", "\"\xed\xa0\x80\"", "byte"},
        {"cut UTF-8", "\"\xe2\x82\"", "byte"},
        {"byte order mark", "\xef\xbb\xbf{}", "byte 0"},
        {"depth bomb", std::string(100'000, '['), "too deep"},
        {"depth bomb of objects", repeated("{\"a\":", 100'000), "too deep"},
    };
    for (const Bad& test : cases) {
        try {
            parse_json(test.text);
            ADD_FAILURE() << test.name;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Code::kMalformed) << test.name;
            EXPECT_NE(error.safe().find(test.why), std::string::npos) << test.name << ": " << error.safe();
        }
    }
}

TEST(Json, DepthIsTheCallersToChoose) {
    EXPECT_EQ(json_depth(parse_json("[[[]]]", {.depth_max = 3})), 3u);
    EXPECT_THROW(parse_json("[[[]]]", {.depth_max = 2}), Error);
    EXPECT_EQ(json_depth(parse_json("7")), 0u);
    EXPECT_EQ(json_depth(parse_json(R"({"a":[{}],"b":1})")), 3u);
}

TEST(Json, RefusesTooManyValuesWhereverTheyStand) {
    for (const std::string_view text :
         {R"([1,2,3])", R"([[],[],{}])", R"({"a":"b","c":1.5,"d":null})", "[true,0,18]"}) {
        EXPECT_NO_THROW(parse_json(text, {.values_max = 4})) << text;
        try {
            parse_json(text, {.values_max = 3});
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Code::kTooLarge);
            EXPECT_EQ(error.safe(), "The JSON holds more than 3 values. Send it in parts.");
        }
    }
}

TEST(Json, BoundsValuesWhereNobodyAsks) {
    const auto zeros = [](std::size_t count) { return "[" + repeated("0,", count - 1) + "0]"; };
    EXPECT_NO_THROW(JsonDocument(zeros(999'999)));
    EXPECT_THROW(JsonDocument(zeros(1'000'000)), Error);
}

TEST(Json, WritesNumbersPlainly) {
    const std::vector<std::pair<double, std::string>> cases{
        {0.873, "0.873"},    {1e15, "1000000000000000"},
        {5e-7, "0.0000005"}, {-2.5, "-2.5"},
        {100, "100"},        {std::numeric_limits<double>::infinity(), "null"},
    };
    for (const auto& [value, text] : cases) {
        std::string out;
        append_json_number(out, value);
        EXPECT_EQ(out, text);
    }
}

// A tenth of a thousandth at most is written without the general way, which says what is right.
TEST(Json, NumbersOfFewDecimalsAreWrittenAsTheGeneralWayWritesThem) {
    for (std::int64_t shares = 0; shares < 40'000; ++shares) {
        for (const double value : {static_cast<double>(shares) / 10'000, static_cast<double>(shares) / 7'000,
                                   static_cast<double>(shares * 24'001) / 10'000}) {
            char digits[64];
            const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
            std::string out;
            append_json_number(out, value);
            ASSERT_EQ(out, std::string(digits, end));
        }
    }
}

TEST(Json, NumbersAreReadBackAsTheyWere) {
    for (const double value : {std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max(), 1e18,
                               1e25, 9007199254740993.0, -1e300, 1e-300, 1.0 / 3}) {
        std::string out;
        append_json_number(out, value);
        EXPECT_EQ(parse_json(out).to_number<double>(), value) << out;
    }
}

TEST(Json, LargeTextsOutgrowTheStackBuffer) {
    std::string text = "[";
    for (int i = 0; i < 20'000; ++i) text += "\"item number " + std::to_string(i) + "\",";
    text += "0]";
    const JsonDocument document(text);
    EXPECT_EQ(document.root().get_array().size(), 20'001u);
    EXPECT_EQ(written(document.root()), text);
}

}  // namespace
}  // namespace engram::base
