#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "modules/integration/csv_rows.hpp"
#include "modules/integration/import_fixture.hpp"

namespace engram::integration {
namespace {

std::vector<std::size_t> problem_lines(const Imported& imported) {
    std::vector<std::size_t> lines;
    for (const ImportTrouble& problem : imported.report.problems) lines.push_back(problem.line);
    return lines;
}

std::vector<std::size_t> lines(const Imported& imported) {
    std::vector<std::size_t> lines;
    for (const ImportedMessage& message : imported.messages) lines.push_back(message.line);
    return lines;
}

TEST(ImportCsv, ReadsATable) {
    const Imported notes = import_file("csv/notes.csv", {.zone = *base::TimeZone::find("Europe/Berlin")});
    EXPECT_EQ(notes.report.format, "csv");
    EXPECT_EQ(contents(notes), (Texts{"The boiler code, on the \"blue\" sheet", "two\nlines", "last"}));
    EXPECT_EQ(lines(notes), (std::vector<std::size_t>{2, 3, 7}));
    EXPECT_EQ(notes.report.date_order, "D/M/Y");
    EXPECT_TRUE(notes.report.date_order_certain);
    EXPECT_EQ(time_of(notes.messages[0]), "2023-12-31T20:45:00.000Z");
    EXPECT_EQ(notes.messages[0].utc_offset_minutes, 60);
    EXPECT_EQ(notes.messages[0].tags, (Texts{"house", "cellar"}));
    EXPECT_TRUE(notes.messages[0].pinned);
    EXPECT_EQ(notes.messages[0].metadata.text, R"({"Mood":"calm"})");
    EXPECT_EQ(time_of(notes.messages[1]), "2024-04-02T22:00:00.000Z");
    EXPECT_EQ(notes.messages[1].utc_offset_minutes, 120);
    EXPECT_EQ(notes.messages[1].tags, (Texts{"a", "b"}));
    EXPECT_EQ(problem_lines(notes), (std::vector<std::size_t>{5, 7}));
}

TEST(ImportCsv, FindsTheDelimiter) {
    const Imported notes = import_file("csv/notes.tsv");
    EXPECT_EQ(contents(notes), (Texts{"Hallo Ida", "Semi;colon"}));
    EXPECT_EQ(notes.messages[0].title, "Gruß");
    EXPECT_EQ(time_of(notes.messages[1]), "2024-03-06T10:00:00.000Z");
    EXPECT_EQ(guess_csv_delimiter("a;b;\"c,d,e,f\""), ';');
    EXPECT_EQ(guess_csv_delimiter("a|b|c,d"), '|');
    EXPECT_EQ(guess_csv_delimiter("a"), ',');
    EXPECT_EQ(import_text("id;Body\n1;x\n").report.format, "csv");
    EXPECT_THROW(import_text("Text\nof a letter\n"), base::Error);
}

TEST(ImportCsv, GuessesTheOrderOfDatesOverTheWholeFile) {
    const Imported backward = import_text("content,date\na,02/01/2024\nb,01/02/2024\nc,12/01/2023\n");
    EXPECT_EQ(backward.report.date_order, "M/D/Y");
    EXPECT_TRUE(backward.report.date_order_certain);
    const Imported unsure = import_text("content,date\na,03/04/2024\n");
    EXPECT_EQ(unsure.report.date_order, "D/M/Y");
    EXPECT_FALSE(unsure.report.date_order_certain);
    const Imported told = import_text("content,date\na,03/04/2024\n", {.date_order = DateOrder::kMonthDayYear});
    EXPECT_EQ(time_of(told.messages[0]), "2024-03-04T00:00:00.000Z");
    EXPECT_TRUE(told.report.date_order_certain);
    EXPECT_EQ(import_text("content,date\na,2024-03-04\n").report.date_order, "");
}

TEST(ImportCsv, TakesARowInWhereItsDateDoesNotExist) {
    const Imported notes = import_text("content,date\na,30/02/2024\nb,yesterday\n");
    EXPECT_EQ(contents(notes), (Texts{"a", "b"}));
    EXPECT_EQ(time_of(notes.messages[0]), "absent");
    EXPECT_EQ(notes.messages[0].metadata.text, R"({"date":"30/02/2024"})");
    EXPECT_EQ(problem_lines(notes), (std::vector<std::size_t>{2, 3}));
}

TEST(ImportCsv, TellsWhatTheFileLacks) {
    EXPECT_EQ(import_text("", {}, "a.csv").report.problem_count, 1U);
    const Imported wide = import_text(std::string("\xFF\xFE"
                                                  "c\0o\0",
                                                  6),
                                      {}, "a.csv");
    ASSERT_EQ(wide.report.problems.size(), 1U);
    EXPECT_NE(wide.report.problems[0].reason.find("UTF-16"), std::string::npos);
    const Imported notes = import_text("a,b\n1,2\n", {}, "a.csv");
    EXPECT_EQ(notes.report.count, 0U);
    ASSERT_EQ(notes.report.problems.size(), 1U);
    EXPECT_NE(notes.report.problems[0].reason.find("a, b"), std::string::npos);
}

TEST(ImportCsv, ReadsAnyLineEnds) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        std::string text;
        for (const char* line : {"content,x", "a,1", "", "\"b", "c\",2", "d,3"}) (text += line) += end;
        const Imported notes = import_text(text);
        EXPECT_EQ(lines(notes), (std::vector<std::size_t>{2, 4, 6}));
        EXPECT_EQ(notes.messages[2].content, "d");
    }
}

TEST(ImportCsv, HoldsAFieldWithoutEndInBoundedMemory) {
    const Imported notes = import_text("content,x\n" + std::string(5 << 20, 'x') + std::string(3 << 20, ' ') +
                                       ",1\n\"" + std::string(3 << 20, '"') + "\",2\nlast,3\n\"open,4\nmore");
    EXPECT_EQ(problem_lines(notes), (std::vector<std::size_t>{2, 3, 5, 5}));
    std::size_t bytes = 0;
    for (const ImportedMessage& message : notes.messages)
        if (message.line == 2) bytes += message.content.size();
    EXPECT_EQ(bytes, 1U << 20);
    EXPECT_EQ(notes.messages.back().content, "open,4\nmore");
}

TEST(ImportCsv, HoldsARowWithoutEndInBoundedMemory) {
    std::string text = "content,x\na";
    for (int i = 0; i < 300'000; ++i) text += ",\"" + std::string(100, 'y') + '"';
    const Imported notes = import_text(text + "\nb,1\n");
    EXPECT_EQ(contents(notes), (Texts{"a", "b"}));
    EXPECT_EQ(notes.report.problem_count, 2U);
}

TEST(ImportCsv, RepairsWhatIsNoUtf8) {
    const Imported notes = import_text(std::string("content,x\na\xFFz\0!,1\n", 18));
    EXPECT_EQ(contents(notes), Texts{"a\uFFFDz!"});
    EXPECT_EQ(problem_lines(notes), std::vector<std::size_t>{2});
}

}  // namespace
}  // namespace engram::integration
