#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "modules/integration/import_fixture.hpp"

namespace engram::integration {
namespace {

std::vector<std::size_t> problem_lines(const Imported& imported) {
    std::vector<std::size_t> lines;
    for (const ImportTrouble& problem : imported.report.problems) lines.push_back(problem.line);
    return lines;
}

TEST(ImportJson, ReadsTheNamesOfOtherPrograms) {
    const Imported notes = import_file("json/notes.json", {.zone = *base::TimeZone::find("Europe/Berlin")});
    EXPECT_EQ(notes.report.format, "json");
    EXPECT_EQ(contents(notes),
              (Texts{"The boiler code is on the blue sheet", "canonical", "day", "minute", "no such day", "more"}));
    EXPECT_EQ(notes.messages[0].tags, (Texts{"house", "cellar"}));
    EXPECT_EQ(notes.messages[0].title, "Boiler");
    EXPECT_EQ(time_of(notes.messages[0]), "2023-05-08T11:56:00.000Z");
    EXPECT_EQ(notes.messages[0].utc_offset_minutes, 120);
    EXPECT_EQ(time_of(notes.messages[1]), "2023-12-31T20:45:00.123Z");
    EXPECT_EQ(notes.messages[1].utc_offset_minutes, 60);
    EXPECT_EQ(time_of(notes.messages[2]), "2024-03-04T23:00:00.000Z");
    EXPECT_EQ(time_of(notes.messages[3]), "2024-03-05T09:00:00.000Z");
    EXPECT_EQ(time_of(notes.messages[4]), "absent");
    EXPECT_EQ(notes.messages[5].line, 8U);
}

TEST(ImportJson, KeepsWhatItDoesNotKnowInMetadata) {
    const Imported notes = import_file("json/notes.json");
    EXPECT_EQ(notes.messages[0].metadata.text, "{}");
    EXPECT_EQ(notes.messages[1].metadata.text,
              R"({"text":"alias","timestamp":"x","color":"red","stars":3,"done":true,"id":17})");
    EXPECT_EQ(notes.messages[1].id, std::nullopt);
    EXPECT_EQ(notes.messages[2].metadata.text, R"({"color":"blue"})");
    EXPECT_EQ(notes.messages[4].metadata.text, R"({"created_at":"2023-02-30"})");
    EXPECT_EQ(problem_lines(notes), (std::vector<std::size_t>{2, 3, 5, 6, 7}));
}

TEST(ImportJson, ReadsAnArray) {
    const Imported notes = import_file("json/array.json");
    EXPECT_EQ(notes.report.format, "json");
    EXPECT_EQ(contents(notes), (Texts{"one line", "second"}));
    EXPECT_TRUE(notes.messages[0].pinned);
    EXPECT_EQ(notes.messages[0].key, "018f3c5e-7d2a-7b1c-9e4f-0123456789ab");
    EXPECT_EQ(notes.messages[1].thread, "");
    EXPECT_EQ(notes.messages[1].metadata.text, R"({"thread_id":"no uuid"})");
}

TEST(ImportJson, IsToldFromJsonLines) {
    EXPECT_EQ(import_text(R"({"memories": [{"content": "a"}]})").report.format, "json");
    EXPECT_EQ(import_text("{\"memories\": [{\"content\": \"a\"}]}\n").report.format, "json");
    EXPECT_EQ(import_text("{\"content\": \"a\"}\n{\"content\": \"b\"}\n").report.format, "engram-jsonl");
    EXPECT_EQ(import_text("[]").report.format, "json");
    EXPECT_THROW(import_text(R"([{"x": 1}, {"y": 2}])"), base::Error);
    EXPECT_EQ(import_text(R"([{"x": 1}, {"y": 2}])", {.format = "json"}).report.problem_count, 2U);
    EXPECT_EQ(import_text(R"({"x": 1})", {.format = "json"}).report.problem_count, 1U);
}

TEST(ImportJson, HoldsMetadataToItsMost) {
    std::string text = R"([{"content": "a")";
    for (int i = 0; i < 100; ++i) text += ", \"field" + std::to_string(i) + "\": \"" + std::string(1'000, 'x') + '"';
    const Imported notes = import_text(text + "}]");
    ASSERT_EQ(notes.messages.size(), 1U);
    EXPECT_LE(notes.messages[0].metadata.text.size(), 16U << 10);
    EXPECT_GT(notes.messages[0].metadata.text.size(), 15U << 10);
    EXPECT_EQ(notes.report.problem_count, 84U);
}

TEST(ImportJson, RefusesWhatIsBroken) {
    for (const std::string& text : {std::string(""), std::string(R"([{"content": "a"}, {"con)"),
                                    std::string(100'000, '['), std::string("\xFF\xFE[\0", 4)})
        EXPECT_THROW(import_text(text, {.format = "json"}), base::Error) << text.substr(0, 30);
}

TEST(ImportJson, TakesInTheRestWhereAnElementIsBad) {
    const Imported notes = import_text(R"([{"content": "a"}, {"content": ")" + std::string(2 << 20, 'x') +
                                       "\"}, {\"content\": \"\xFFz\"}, {\"content\": \" \"}, {\"content\": 5}]");
    EXPECT_EQ(contents(notes), (Texts{"a", "\uFFFDz"}));
    EXPECT_EQ(problem_lines(notes), (std::vector<std::size_t>{2, 3, 4, 5}));
}

TEST(ImportJsonLines, TellsAForeignFieldOnce) {
    std::string text;
    for (int i = 0; i < 1'000; ++i) text += "{\"content\": \"a\", \"mood\": 1, \"createdAt\": \"2024-03-05\"}\n";
    const Imported lines = import_text(text);
    EXPECT_EQ(lines.report.count, 1'000U);
    EXPECT_EQ(lines.report.problem_count, 1U);
    EXPECT_EQ(time_of(lines.messages[0]), "2024-03-05T00:00:00.000Z");
    EXPECT_EQ(lines.messages[0].metadata.text, "{}");
}

}  // namespace
}  // namespace engram::integration
