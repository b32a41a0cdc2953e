#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "modules/integration/import_fixture.hpp"

namespace engram::integration {
namespace {

Imported note(const std::string& text, const ImportOptions& options = {}, const std::string& name = "note.md") {
    return import_text(text, options, name);
}

TEST(ImportMarkdown, ReadsANoteOfObsidian) {
    const Imported notes = import_file("markdown/vault_note.md", {.zone = *base::TimeZone::find("Europe/Berlin")});
    EXPECT_EQ(notes.report.format, "markdown");
    EXPECT_EQ(notes.report.problem_count, 0U);
    ASSERT_EQ(notes.messages.size(), 1U);
    const ImportedMessage& message = notes.messages[0];
    EXPECT_EQ(message.title, "Pflaumenkuchen");
    EXPECT_TRUE(message.content.starts_with("# Heading stays\n\nMit #Garten/Obst"));
    EXPECT_TRUE(message.content.ends_with("![[Plan.pdf#page=2]]"));
    EXPECT_EQ(message.tags, (Texts{"Küche", "baking", "Garten/Obst"}));
    EXPECT_EQ(message.media, (Texts{"photo one.jpg", "two b.png", "Plan.pdf"}));
    EXPECT_EQ(message.metadata.text, R"({"updated":"2024-04-01","rating":5,"done":true,"code":"007"})");
    EXPECT_EQ(time_of(message), "2024-03-05T09:00:00.000Z");
    EXPECT_EQ(message.utc_offset_minutes, 60);
    EXPECT_EQ(message.source, "markdown");
    EXPECT_EQ(message.context, "markdown");
}

TEST(ImportMarkdown, FindsTitleAndTime) {
    const Imported walk = import_file("markdown/2024-03-06 Walk.md");
    EXPECT_EQ(walk.messages.at(0).title, "A walk");
    EXPECT_EQ(walk.messages.at(0).content, "By the river.");
    EXPECT_EQ(time_of(walk.messages.at(0)), "2024-03-06T00:00:00.000Z");
    const Imported plain = note("text", {}, "12024-03-05 2024-13-05 My note.md");
    EXPECT_EQ(plain.messages.at(0).title, "12024-03-05 2024-13-05 My note");
    EXPECT_EQ(time_of(plain.messages.at(0)), "absent");
    EXPECT_EQ(note("# Only a title").messages.at(0).content, "# Only a title");
    EXPECT_EQ(note("---\nno front matter").messages.at(0).content, "---\nno front matter");
    EXPECT_EQ(note("---\r\ntitle: T\r\n---\r\na\r\nb\r\n").messages.at(0).content, "a\nb");
    EXPECT_EQ(note("---\ntitle: T\n---\na").messages.at(0).title, "T");
}

TEST(ImportMarkdown, TakesANoteInWithoutItsBadFrontMatter) {
    const Imported notes = import_file("markdown/bad_yaml.md");
    EXPECT_EQ(contents(notes), Texts{"Still here."});
    EXPECT_EQ(notes.report.problem_count, 1U);
    for (const std::string& yaml : {std::string("- a\n- b\n"), std::string(10'000, '['), std::string(17'000, 'x'),
                                    std::string("a: *b\n"), std::string("a: &a [*a]\n? {x: [}\n"),
                                    std::string("!!binary: !<x> \t|\n\t- %\n"), std::string("&x : !!str : : -\n")}) {
        const Imported bad = note("---\n" + yaml + "\n---\nStill here.");
        EXPECT_EQ(contents(bad), Texts{"Still here."}) << yaml.substr(0, 20);
        EXPECT_EQ(bad.report.problem_count, 1U) << yaml.substr(0, 20);
    }
    const Imported date = note("---\ndate: 2023-02-30\ntitle: T\n---\na");
    EXPECT_EQ(time_of(date.messages.at(0)), "absent");
    EXPECT_EQ(date.messages.at(0).metadata.text, R"({"date":"2023-02-30"})");
    EXPECT_EQ(date.report.problem_count, 1U);
}

TEST(ImportMarkdown, HoldsTagsToTheirMost) {
    std::string text = "#" + std::string(51, 'x') + " x#no ##no \\#no (#no) #yes, #y/ #-\n";
    for (int i = 0; i < 30; ++i) text += "#tag" + std::to_string(i) + ' ';
    const Imported notes = note(text);
    ASSERT_EQ(notes.messages.at(0).tags.size(), 20U);
    EXPECT_EQ(notes.messages[0].tags[0], "yes");
    EXPECT_EQ(notes.messages[0].tags[1], "y");
    EXPECT_EQ(note("---\ntags: one, two three\n---\n~~~\n#code\n~~~\na #b").messages.at(0).tags,
              (Texts{"one", "two three", "b"}));
    EXPECT_EQ(note("---\ntags: one two\n---\na").messages.at(0).tags, (Texts{"one", "two"}));
}

TEST(ImportMarkdown, KnowsANoteByItsPathAndText) {
    EXPECT_EQ(fingerprint(note("a").messages.at(0)), fingerprint(note("a").messages.at(0)));
    EXPECT_NE(fingerprint(note("a").messages.at(0)), fingerprint(note("b").messages.at(0)));
    EXPECT_NE(fingerprint(note("a").messages.at(0)), fingerprint(note("a", {}, "other.md").messages.at(0)));
}

TEST(ImportMarkdown, HoldsBadFilesInBounds) {
    EXPECT_EQ(note("").report.problem_count, 1U);
    EXPECT_EQ(contents(note("a\xFFz")), Texts{"a\uFFFDz"});
    EXPECT_EQ(note("a\xFFz").report.problem_count, 1U);
    EXPECT_EQ(note(std::string("\xFF\xFE"
                               "a\0",
                               4))
                  .report.count,
              0U);
    EXPECT_EQ(note(std::string(100'000, '[')).report.problem_count, 0U);
    const Imported large = note(std::string((1 << 20) - 1, 'x') + "ää and more");
    EXPECT_EQ(large.report.problem_count, 1U);
    std::size_t bytes = 0;
    for (const ImportedMessage& message : large.messages) bytes += message.content.size();
    EXPECT_EQ(bytes, (1U << 20) - 1);
    for (const std::string mark : {"![[", "![](", "` `` ", "#a "}) {
        std::string text;
        while (text.size() < 1'000'000) text += mark;
        EXPECT_EQ(note(text).report.problem_count, 0U);
    }
}

TEST(ImportMarkdown, TakesAMonthOfEngramApart) {
    const Imported month = import_file("markdown/2026-11.md", {.zone = *base::TimeZone::find("Europe/Berlin")});
    EXPECT_EQ(contents(month),
              (Texts{"Tea with *Ömer*\n# no heading, ^and no anchor ^here\n50 %% off\n```\n### 10:00 code\n"
                     "^00000000-0000-0000-0000-000000000009\n```",
                     "same minute", "two\nlines"}));
    const ImportedMessage& tea = month.messages[0];
    EXPECT_EQ(tea.id, "00000000-0000-0000-0000-000000000001");
    EXPECT_EQ(tea.key, "00000000-0000-0000-0000-000000000001");
    EXPECT_EQ(tea.title, "Monday morning");
    EXPECT_EQ(tea.tags, (Texts{"food---drink", "Ömer"}));
    EXPECT_TRUE(tea.pinned);
    EXPECT_EQ(tea.source, "api");
    EXPECT_EQ(tea.context, "the kitchen · at home");
    EXPECT_EQ(tea.classification, "general");
    EXPECT_EQ(base::format_rfc3339(tea.occurred_at.value_or(base::Time{})), "2026-11-04T07:00:00.000Z");
    EXPECT_EQ(time_of(tea), "2026-11-05T07:05:00.000Z");
    EXPECT_EQ(tea.utc_offset_minutes, 60);
    EXPECT_EQ(time_of(month.messages[1]), "2026-11-05T07:05:00.001Z");
    EXPECT_EQ(month.messages[2].reply_to, "00000000-0000-0000-0000-000000000001");
    EXPECT_EQ(month.report.problem_count, 1U);
}

TEST(ImportMarkdown, TakesTheExactTimeOfAnIdThatAgrees) {
    const std::string text =
        "---\nclass: general\nmonth: 2026-11\nmemories: 1\n---\n\n# 2026-11 general\n\n## 2026-11-05\n\n### "
        "23:30\n\na\n\n"
        "*api*\n\n^019f345d-ba53-7000-8000-000000000003\n";
    const Imported other = note(text);
    EXPECT_EQ(time_of(other.messages.at(0)), "2026-11-05T23:30:00.000Z");
}

TEST(ImportMarkdown, SaysWhatOfAMonthIsNoMemory) {
    const Imported month = note(
        "---\nclass: general\nmonth: 2026-11\nmemories: 1\n---\n# x\nstray\n## 2026-11-05\n### 08:00\nno anchor\n"
        "### 08:01\n\nno about\n^00000000-0000-0000-0000-000000000001\n## 2026-02-30\n### 08:00\na\n"
        "^00000000-0000-0000-0000-000000000002\n### 09:00\n^00000000-0000-0000-0000-000000000003\n");
    EXPECT_EQ(contents(month), Texts{"no about"});
    EXPECT_EQ(month.report.problem_count, 4U);
    const Imported edited = note(
        "---\nclass: general\nmonth: 2026-11\nmemories: 1\n---\n## 2026-11-05\n### 08:00 a\n### 08:0\u00e9\n"
        "#tag \u00e9 \u00b7 *api*\n^00000000-0000-0000-0000-000000000001\n");
    EXPECT_EQ(contents(edited), Texts{"### 08:0\u00e9\n#tag \u00e9 \u00b7 *api*"});
}

}  // namespace
}  // namespace engram::integration
