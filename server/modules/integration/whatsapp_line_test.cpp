#include "modules/integration/whatsapp_line.hpp"

#include <gtest/gtest.h>

#include <string>

#include "modules/integration/import_text.hpp"
#include "modules/integration/whatsapp_words.hpp"

namespace engram::integration {
namespace {

TEST(WhatsappLine, RefusesWhatOnlyLooksLikeAHead) {
    for (const std::string line :
         {"", "text", "31.12.23", "31.12.23, 21:45", "31.12.23, 21:45 Anna: no dash", "31.12.23, 24:00 - Anna: hour",
          "31.12.23, 21:60 - Anna: minute", "31.12.23, 13:00 PM - Anna: hour", "[31.12.23, 21:45:00 Anna: no bracket",
          "12345.12.23, 21:45 - Anna: year", "31.12/23, 21:45 - Anna: separators", "3.5 - 4.5 cups",
          "10:30 - 12:00 dentist", "- 31.12.23, 21:45 - Anna: list"}) {
        EXPECT_FALSE(parse_whatsapp_head(line)) << line;
    }
}

TEST(WhatsappLine, KnowsWhichDatesExist) {
    const auto time = [](const std::string& line, DateOrder order) {
        const auto head = parse_whatsapp_head(line);
        EXPECT_TRUE(head) << line;
        return head ? to_local(*head, order) : std::nullopt;
    };
    EXPECT_TRUE(time("29.02.24, 21:45 - A: x", DateOrder::kDayMonthYear));
    EXPECT_FALSE(time("29.02.23, 21:45 - A: x", DateOrder::kDayMonthYear));
    EXPECT_FALSE(time("13/13/23, 21:45 - A: x", DateOrder::kMonthDayYear));
    EXPECT_FALSE(time("1/268/23, 21:45 - A: x", DateOrder::kMonthDayYear));
    EXPECT_FALSE(time("0/1/23, 21:45 - A: x", DateOrder::kMonthDayYear));
    EXPECT_FALSE(time("1/1/1969, 21:45 - A: x", DateOrder::kMonthDayYear));
}

TEST(WhatsappWords, TakesAuthorAndTextApart) {
    EXPECT_EQ(split_author("Anna: see: this").author, "Anna");
    EXPECT_EQ(split_author("Anna: see: this").text, "see: this");
    EXPECT_EQ(split_author("+49 151 1234567: hi").author, "+49 151 1234567");
    EXPECT_EQ(split_author("Anna:").author, "Anna");
    EXPECT_EQ(split_author("Anna joined").author, "");
    EXPECT_EQ(split_author("Anna changed the subject to \"Trip: plans\"").author, "");
    EXPECT_EQ(split_author(std::string(200, 'a') + ": text").author, "");
}

TEST(WhatsappWords, TakesNamesWithQuotesForNames) {
    const auto author = [](const std::string& rest) { return std::string(split_author(rest).author); };
    EXPECT_EQ(author("Robert \"Bob\" Smith: I am here"), "Robert \"Bob\" Smith");
    EXPECT_EQ(author("Robert “Bob” Smith: he said “a: b”"), "Robert “Bob” Smith");
    EXPECT_EQ(author("\"Bob\": hi"), "\"Bob\"");
    EXPECT_EQ(author("6\" Subs: he said \"so: yes\""), "6\" Subs");
    EXPECT_EQ(author("Bob \"the one: hi"), "Bob \"the one");
    EXPECT_EQ(author("Jörg „Bär“ Müller: na"), "Jörg „Bär“ Müller");
    EXPECT_EQ(split_author("Robert \"Bob\" Smith: I am here").text, "I am here");
}

TEST(WhatsappWords, TakesQuotedGroupNamesForNotices) {
    for (const std::string notice :
         {"Bo changed the group name from “A: x” to “B: y”", "Bo changed the subject from \"A\" to \"B: y\"",
          "Bo changed the subject to \"He said \"hi: x\" ok\"", "Bo hat den Betreff zu „Reise: Plan“ geändert",
          "Du hast die Gruppe „A: x“ erstellt", "Bo a changé le sujet pour « Voyage: été »",
          "Bo zmienił temat na „A: x”", "Bo bytte namn på gruppen till ”A: x”", "Bo将群组名称从“A: x”更改为“B: y”"})
        EXPECT_EQ(split_author(notice).author, "") << notice;
    EXPECT_EQ(split_author("Bo hat den Betreff vergessen: er fehlt").author, "Bo hat den Betreff vergessen");
}

TEST(WhatsappWords, LooksForQuotesInTheFrontOnly) {
    std::string quotes;
    for (int i = 0; i < 300'000; ++i) quotes += "“";
    EXPECT_EQ(split_author(quotes + ": text").author, "");
}

TEST(WhatsappWords, JudgesTexts) {
    EXPECT_EQ(judge_text("good morning"), WhatsappKind::kText);
    EXPECT_EQ(judge_text("the image was omitted"), WhatsappKind::kText);
    EXPECT_EQ(judge_text("<3 <3>"), WhatsappKind::kText);
    EXPECT_EQ(judge_text("null"), WhatsappKind::kText);
    EXPECT_EQ(judge_text("\u200ELocation: https://maps.google.com/?q=52.5,13.4"), WhatsappKind::kText);
    EXPECT_EQ(judge_text("\u200EPOLL:"), WhatsappKind::kText);
    EXPECT_EQ(judge_text("<Media omitted>"), WhatsappKind::kMedia);
    EXPECT_EQ(judge_text("\u200Evideo omitted"), WhatsappKind::kMedia);
    EXPECT_EQ(judge_text("PTT-1.opus (file attached)"), WhatsappKind::kMedia);
    EXPECT_EQ(judge_text("You deleted this message"), WhatsappKind::kDeleted);
    EXPECT_EQ(judge_text("\u200EYou deleted this message."), WhatsappKind::kDeleted);
    EXPECT_EQ(judge_text("\u200EAnna added Ben"), WhatsappKind::kSystem);
}

TEST(WhatsappWords, KnowsWhatWasDeletedInManyLanguages) {
    for (const std::string text : {"Je hebt dit bericht verwijderd", "Dit bericht is verwijderd.",
                                   "Вы удалили это сообщение", "Данное сообщение удалено.", "Bu mesaj silindi",
                                   "Bu mesajı sildiniz.", "Usunięto tę wiadomość", "Ta wiadomość została usunięta"})
        EXPECT_EQ(judge_text(text), WhatsappKind::kDeleted) << text;
}

TEST(WhatsappWords, TakesOnlyTheEditedMarkAway) {
    EXPECT_EQ(without_edited_mark("noon\u200E \u200E<This message was edited>"), "noon");
    EXPECT_EQ(without_edited_mark("noon <Diese Nachricht wurde bearbeitet.>"), "noon");
    for (const std::string mark : {"<Dit bericht is bewerkt>", "<Ta wiadomość została edytowana>",
                                   "<Сообщение изменено>", "<Bu mesaj düzenlendi>"})
        EXPECT_EQ(without_edited_mark("noon \u200E" + mark), "noon") << mark;
    EXPECT_EQ(without_edited_mark("a <b>"), "a <b>");
}

TEST(ImportText, CutsAtTheBestBorder) {
    EXPECT_EQ(front_piece("short", 10), "short");
    EXPECT_EQ(front_piece("one two three", 10), "one two ");
    EXPECT_EQ(front_piece("one.\n\ntwo three", 10), "one.\n\n");
    EXPECT_EQ(front_piece("äöüäöüäöüäöü", 5), "äöüäö");
    EXPECT_EQ(front_piece("a bbbbbbbbbbbbbbb", 10), "a bbbbbbbb");
}

TEST(ImportText, TrimsMarksAtBothEnds) {
    EXPECT_EQ(trim_marks("\u200E \u202Ftext\u200F\u00A0\n"), "text");
    EXPECT_EQ(trim_marks("\u200E\u200E"), "");
    EXPECT_EQ(trim_marks("grün ä"), "grün ä");
}

}  // namespace
}  // namespace engram::integration
