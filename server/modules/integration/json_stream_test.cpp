#include "modules/integration/json_stream.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::integration {
namespace {

std::string text_of(const boost::json::value& value) {
    std::string text;
    base::append_json(text, value);
    return text;
}

// Wants the elements of every array named "in", and looks into everything but "out".
class Told final : public JsonListener {
public:
    JsonInterest begin(std::string_view path, bool is_array) override {
        if (path.ends_with("/out")) return JsonInterest::kNone;
        return is_array && path.ends_with("/in") ? JsonInterest::kElements : JsonInterest::kInside;
    }
    void scalar(std::string_view path, const boost::json::value& value) override {
        events.push_back(std::string(path) + "=" + text_of(value));
    }
    void element(const JsonElement& element) override {
        events.push_back(std::string(element.path) + "#" + std::to_string(element.number) + "=" +
                         (element.too_large ? "too large" : text_of(element.value)) +
                         (element.repaired ? " repaired" : ""));
    }

    std::vector<std::string> events;
};

const char* const kDocument =
    "\xEF\xBB\xBF"
    R"({"a": 1, "b": {"in": [{"x": [1, {"y": null}]}, "word\n", -2.5, true, []], "c": "t\u00e9xt"},)"
    R"( "out": {"in": [1], "d": 2}, "list": [[1], {"in": [12345678901234567890]}], "e": 0.1, "f": 1e999})";
const std::vector<std::string> kEvents{"/a=1",
                                       R"(/b/in#1={"x":[1,{"y":null}]})",
                                       R"(/b/in#2="word\n")",
                                       "/b/in#3=-2.5",
                                       "/b/in#4=true",
                                       "/b/in#5=[]",
                                       "/b/c=\"téxt\"",
                                       "/list/*/*=1",
                                       R"(/list/*/in#6="12345678901234567890")",
                                       "/e=0.1",
                                       R"(/f="1e999")"};

TEST(JsonStream, TellsScalarsAndHandsOverElements) {
    Told told;
    std::istringstream in(kDocument);
    read_json_stream(in, told);
    EXPECT_EQ(told.events, kEvents);
}

TEST(JsonStream, ReadsTheSameInAnyBlocks) {
    const std::string document = kDocument;
    for (std::size_t block = 3; block < 40; ++block) {
        Told told;
        JsonStream stream(told);
        for (std::size_t at = 0; at < document.size(); at += block)
            ASSERT_TRUE(stream.feed(std::string_view(document).substr(at, block))) << stream.problem();
        ASSERT_TRUE(stream.finish());
        EXPECT_EQ(told.events, kEvents) << block;
    }
}

TEST(JsonStream, LetsGoOfWhatIsTooLarge) {
    Told told;
    std::string many = "[1";
    for (int i = 0; i < 100'000; ++i) many += ",1";
    std::istringstream in(R"({"in": [")" + std::string(3 << 20, 'x') + R"(", {")" + std::string(3 << 20, 'k') +
                          R"(": 1}, )" + many + R"(], [1]], "scalar": ")" + std::string(3 << 20, 'y') + "\"}");
    read_json_stream(in, told);
    ASSERT_EQ(told.events.size(), 5U);
    EXPECT_EQ(told.events[0], "/in#1=too large");
    EXPECT_EQ(told.events[1], "/in#2=too large");
    EXPECT_EQ(told.events[2], "/in#3=too large");
    EXPECT_EQ(told.events[3], "/in#4=[1]");
    EXPECT_EQ(told.events[4].size(), (64U << 10) + 10);
}

TEST(JsonStream, RepairsTexts) {
    Told told;
    std::istringstream in("{\"in\": [\"a\xFF\", \"b\\u0000c\", {\"k\xC3\": 1}, \"d\"]}");
    read_json_stream(in, told);
    EXPECT_EQ(told.events, (std::vector<std::string>{"/in#1=\"a\uFFFD\" repaired", "/in#2=\"bc\" repaired",
                                                     "/in#3={\"k\uFFFD\":1} repaired", "/in#4=\"d\""}));
}

TEST(JsonStream, SaysWhereADocumentIsBroken) {
    const auto problem = [](const std::string& document) -> std::string {
        Told told;
        std::istringstream in(document);
        try {
            read_json_stream(in, told);
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), base::Code::kInvalid);
            return error.safe();
        }
        return "taken";
    };
    EXPECT_EQ(problem("{} x"), "The JSON is broken at byte 3: something follows the value. Export it again.");
    EXPECT_EQ(problem("[1, 2"), "The JSON is broken at byte 5: it ends in the middle of a value. Export it again.");
    EXPECT_NE(problem(std::string(100'000, '[')).find("too deep"), std::string::npos);
    EXPECT_NE(problem(""), "taken");
    EXPECT_NE(problem("{\"a\" 1}").find("byte 5"), std::string::npos);
    EXPECT_EQ(problem("7"), "taken");
}

}  // namespace
}  // namespace engram::integration
