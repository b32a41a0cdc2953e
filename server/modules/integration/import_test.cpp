#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/integration/import_fixture.hpp"

namespace engram::integration {
namespace {

TEST(ImportWhatsapp, ReadsAnAndroidChat) {
    const Imported chat = import_file("whatsapp/android_de.txt");
    EXPECT_EQ(contents(chat),
              (Texts{"Bringst du morgen die Form für den Pflaumenkuchen mit?",
                     "Ja.\nUnd eine zweite Zeile:\n- 1 kg Pflaumen\n\n- 200 g Butter", "Die Küche von Tante Edda",
                     "Frohes neues Jahr! 🎉", "Treffpunkt: 14:30 am Hafen"}));
    EXPECT_EQ(chat.report.format, "whatsapp");
    EXPECT_EQ(chat.report.people, (Texts{"Nele Brandt", "Jonas"}));
    EXPECT_EQ(chat.report.date_order, "D/M/Y");
    EXPECT_TRUE(chat.report.date_order_certain);
    EXPECT_EQ(chat.report.skipped_system, 2U);
    EXPECT_EQ(chat.report.skipped_media, 1U);
    EXPECT_EQ(chat.report.media, 1U);
    EXPECT_EQ(chat.messages[2].media, Texts{"IMG-20231231-WA0003.jpg"});
    EXPECT_EQ(chat.report.skipped_deleted, 1U);
    EXPECT_EQ(chat.messages[1].author, "Jonas");
    EXPECT_EQ(chat.messages[1].source, "whatsapp");
    EXPECT_EQ(chat.messages[1].line, 3U);
}

TEST(ImportWhatsapp, ReportsADateThatDoesNotExist) {
    const Imported chat = import_file("whatsapp/android_de.txt");
    ASSERT_EQ(chat.report.problems.size(), 1U);
    EXPECT_EQ(chat.report.problems[0].line, 16U);
    EXPECT_NE(chat.report.problems[0].reason.find("D/M/Y"), std::string::npos);
    EXPECT_FALSE(chat.report.problems[0].remedy.empty());
}

TEST(ImportWhatsapp, KeepsTheOrderWithinAMinute) {
    const Imported chat = import_file("whatsapp/android_de.txt");
    EXPECT_EQ(time_of(chat.messages[0]), "2023-12-31T21:45:00.000Z");
    EXPECT_EQ(time_of(chat.messages[1]), "2023-12-31T21:45:00.001Z");
    EXPECT_EQ(time_of(chat.messages[3]), "2024-01-01T00:01:00.000Z");
}

TEST(ImportWhatsapp, ReadsAnIosChat) {
    const Imported chat = import_file("whatsapp/ios_us.txt");
    EXPECT_EQ(contents(chat),
              (Texts{"The seeds from Fenwick came today\nsecond line of it", "half past midnight, nearly", "noon",
                     "00000012-PHOTO-2024-01-01-07-01-00.jpg", "Happy new year: let us plant the beans in April"}));
    EXPECT_EQ(chat.report.date_order, "M/D/Y");
    EXPECT_EQ(chat.report.people, (Texts{"Marlow", "Tilda"}));
    EXPECT_EQ(time_of(chat.messages[0]), "2023-12-30T21:45:13.000Z");
    EXPECT_EQ(time_of(chat.messages[1]), "2023-12-31T00:05:00.000Z");
    EXPECT_EQ(time_of(chat.messages[2]), "2023-12-31T12:05:00.000Z");
    EXPECT_EQ(chat.report.skipped_system, 1U);
    EXPECT_EQ(chat.report.skipped_media, 1U);
    EXPECT_EQ(chat.report.skipped_deleted, 1U);
    EXPECT_EQ(chat.report.problem_count, 0U);
}

TEST(ImportWhatsapp, KeepsWhatPeopleSentBesideWords) {
    const Imported chat = import_text(
        "[31.12.23, 21:45:00] Ida: \u200ELocation: https://maps.google.com/?q=52.5,13.4\n"
        "[31.12.23, 21:46:00] Ida: \u200EPOLL:\nWhere do we meet?\n\u200EOPTION: Park (2 votes)\n"
        "[31.12.23, 21:47:00] Robert \"Bob\" Smith: null\n"
        "[31.12.23, 21:48:00] Ida: \u200EIda added Bo\n");
    EXPECT_EQ(contents(chat), (Texts{"Location: https://maps.google.com/?q=52.5,13.4",
                                     "POLL:\nWhere do we meet?\n\u200EOPTION: Park (2 votes)", "null"}));
    EXPECT_EQ(chat.report.people, (Texts{"Ida", "Robert \"Bob\" Smith"}));
    EXPECT_EQ(chat.report.skipped_system, 1U);
}

TEST(ImportWhatsapp, RemembersWhatWasEdited) {
    const Imported chat = import_text(
        "31.12.23, 21:45 - Ida: noon <This message was edited>\n"
        "31.12.23, 21:46 - Ida: as it was\n");
    EXPECT_EQ(contents(chat), (Texts{"noon", "as it was"}));
    EXPECT_EQ(chat.messages[0].metadata.text, R"({"edited":true})");
    EXPECT_EQ(chat.messages[1].metadata.text, "{}");
}

TEST(ImportWhatsapp, GuessesTheOrderOfDatesByTheRunOfTime) {
    const Imported chat = import_file("whatsapp/ambiguous.txt");
    EXPECT_EQ(chat.report.date_order, "M/D/Y");
    EXPECT_TRUE(chat.report.date_order_certain);
    EXPECT_EQ(time_of(chat.messages[0]), "2024-03-04T10:00:00.000Z");
}

TEST(ImportWhatsapp, SaysWhenOnlyHabitToldTheOrder) {
    const Imported chat = import_text("03/04/24, 10:00 - Ida: alone\n");
    EXPECT_EQ(chat.report.date_order, "D/M/Y");
    EXPECT_FALSE(chat.report.date_order_certain);
    EXPECT_EQ(import_text("3/4/24, 10:00 AM - Ida: alone\n").report.date_order, "M/D/Y");
    const Imported told = import_text("03/04/24, 10:00 - Ida: alone\n", {.date_order = DateOrder::kMonthDayYear});
    EXPECT_EQ(time_of(told.messages[0]), "2024-03-04T10:00:00.000Z");
    EXPECT_TRUE(told.report.date_order_certain);
}

TEST(ImportWhatsapp, ReadsYearsThatComeFirst) {
    const Imported chat = import_file("whatsapp/year_first.txt");
    EXPECT_EQ(chat.report.date_order, "Y/M/D");
    EXPECT_EQ(time_of(chat.messages[0]), "2024-03-05T08:15:00.000Z");
    EXPECT_EQ(time_of(chat.messages[1]), "2024-03-06T21:45:00.000Z");
}

TEST(ImportWhatsapp, TakesTimesAsThoseOfTheZone) {
    const Imported chat = import_text("31.12.23, 00:30 - Ida: winter\n01.07.24, 00:30 - Ida: summer\n",
                                      {.zone = *base::TimeZone::find("Europe/Berlin")});
    EXPECT_EQ(time_of(chat.messages[0]), "2023-12-30T23:30:00.000Z");
    EXPECT_EQ(chat.messages[0].utc_offset_minutes, 60);
    EXPECT_EQ(time_of(chat.messages[1]), "2024-06-30T22:30:00.000Z");
    EXPECT_EQ(chat.messages[1].utc_offset_minutes, 120);
}

TEST(ImportWhatsapp, ReadsSpellingsOfManyPhones) {
    for (const std::string head :
         {"31.12.23, 21:45 - ",          "31/12/2023, 21:45 - ",      "31/12/2023 21:45 - ",
          "31/12/2023 à 21:45 - ",       "31.12.2023 klo 21.45 - ",   "31-12-2023 21:45 - ",
          "31/12/23 9:45 p. m. - ",      "31/12/23, 9:45\u202FPM - ", "31/12/23, 9:45 pm - ",
          "[31.12.23, 21:45:00] ",       "[31/12/2023, 9:45:00 PM] ", "\u200E[31/12/23 21:45:00] ",
          "2023-12-31, 21:45 - ",        "2023. 12. 31. 21:45 - ",    "2023. 12. 31. 오후 9:45 - ",
          "2023/12/31 下午9:45 - ",      "12/31/23, 9:45 PM - ",      "[2023/12/31 午後9:45:00] ",
          "\u200F٣١/١٢/٢٠٢٣، ٩:٤٥ م - ", "۳۱/۱۲/۲۰۲۳، ۲۱:۴۵ - ",      "31/12/2023, 9:45 अपराह्न - ",
          "31/12/2023 9:45 CH - ",       "31/12/2566 21:45 - ",       "31/12/23, 9:45 μ.μ. - ",
          "31.12.2023 9:45 ÖS - "}) {
        const Imported chat = import_text(head + "Ida: text\n");
        ASSERT_EQ(contents(chat), Texts{"text"}) << head;
        EXPECT_EQ(time_of(chat.messages[0]), "2023-12-31T21:45:00.000Z") << head;
    }
}

TEST(ImportWhatsapp, KnowsAChatByItsTitleOrItsPeople) {
    const std::string chat = "31.12.23, 21:45 - Ida: text\n31.12.23, 21:46 - Bo: text\n";
    const auto thread = [](const std::string& text, const std::string& name) {
        return import_text(text, {}, name).messages.at(0).thread;
    };
    EXPECT_EQ(thread(chat, "WhatsApp Chat with Ida.txt"), thread(chat, "WhatsApp Chat - Ida (2).txt"));
    EXPECT_NE(thread(chat, "WhatsApp Chat with Ida.txt"), thread(chat, "WhatsApp Chat with Bo.txt"));
    EXPECT_EQ(thread(chat, "a.txt"), thread("30.12.23, 21:45 - Bo: first\n" + chat, "b.txt"));
    EXPECT_EQ(import_text(chat, {}, "WhatsApp-Chat mit Ida.txt").messages[0].context, "WhatsApp: Ida");
}

TEST(ImportWhatsapp, TellsTheSameMessageInAnotherExport) {
    const std::string android = "31.12.23, 21:45 - Ida: yes\n31.12.23, 21:45 - Ida: no\n";
    const Imported one = import_text(android);
    const Imported other = import_text("[31.12.23, 21:45:07] Ida: yes\n", {.zone = *base::TimeZone::find("+02:00")});
    EXPECT_EQ(fingerprint(one.messages[0]), fingerprint(other.messages[0]));
    EXPECT_NE(fingerprint(one.messages[0]), fingerprint(one.messages[1]));
}

TEST(ImportWhatsapp, SplitsWhatIsTooLongAtParagraphsAndWords) {
    std::string text = "31.12.23, 21:45 - Ida: ";
    for (int i = 0; i < 900; ++i) text += "zwölf Wörter für jeden Satz, der hier steht\n";
    const Imported chat = import_text(text);
    EXPECT_EQ(chat.report.too_long, 1U);
    ASSERT_EQ(chat.messages.size(), 4U);
    std::size_t lines = 0;
    for (const auto& message : chat.messages) {
        EXPECT_LE(base::count_code_points(message.content), kContentMax);
        EXPECT_TRUE(message.content.ends_with("steht"));
        lines += 1 + static_cast<std::size_t>(std::count(message.content.begin(), message.content.end(), '\n'));
    }
    EXPECT_EQ(lines, 900U);
    EXPECT_EQ(time_of(chat.messages[3]), "2023-12-31T21:45:00.003Z");
    EXPECT_EQ(chat.messages[3].part, 4U);
    EXPECT_EQ(chat.messages[3].thread, chat.messages[0].thread);
}

TEST(ImportWhatsapp, HoldsAMessageWithoutEndInBoundedMemory) {
    const std::string text = "31.12.23, 21:45 - Ida: " + std::string(3 << 20, 'x') + "\n" + std::string(1 << 20, 'y');
    const Imported chat = import_text(text);
    EXPECT_EQ(chat.report.problem_count, 1U);  // the line was cut at 1 MiB
    std::size_t bytes = 0;
    for (const auto& message : chat.messages) bytes += message.content.size();
    EXPECT_GT(bytes, 2'000'000U);
}

TEST(ImportWhatsapp, ReplacesWhatIsNoUtf8) {
    const Imported chat = import_text(std::string("31.12.23, 21:45 - Ida: a\xFFz\0!\n", 29));
    EXPECT_EQ(contents(chat), Texts{"a\uFFFDz!"});
    ASSERT_EQ(chat.report.problems.size(), 1U);
    EXPECT_EQ(chat.report.problems[0].line, 1U);
}

TEST(ImportExport, ReadsTheSeedsOfItsFuzzTargets) {
    for (const Imported& lines : {import_file("export/memories.jsonl", {.format = "engram-export"}),
                                  import_file("export/export.zip"), import_file("export/memories.jsonl")}) {
        EXPECT_EQ(lines.report.format, "engram-export");
        EXPECT_EQ(lines.report.files, 1U);
        EXPECT_EQ(lines.report.problem_count, 0U);
        EXPECT_EQ(contents(lines),
                  (Texts{"The boiler code is on the blue sheet", "Plums: 1.5 kg", "Alte K\u00fcche\nmit Herd"}));
        EXPECT_EQ(lines.messages.at(1).id, "018e1490-2b00-7a11-8a6e-0123456789ac");
        EXPECT_NE(lines.messages.at(1).whole.find("\"versions\":[{"), std::string::npos);
    }
}

TEST(ImportJsonLines, ReadsEveryField) {
    const Imported lines = import_file("jsonl/memories.jsonl");
    EXPECT_EQ(lines.report.format, "engram-jsonl");
    EXPECT_EQ(contents(lines), (Texts{"The boiler code is on the blue sheet", "Second", "odd field", "last"}));
    EXPECT_EQ(lines.messages[0].source, "notes");
    EXPECT_EQ(lines.messages[0].tags, Texts{"house"});
    const ImportedMessage& second = lines.messages[1];
    EXPECT_EQ(second.id, "018f3c5e-7d2a-7b1c-9e4f-0123456789ab");
    EXPECT_EQ(second.author, "Ida");
    EXPECT_EQ(second.title, "T");
    EXPECT_EQ(second.context, "c");
    EXPECT_EQ(second.classification, "general");
    EXPECT_EQ(second.metadata.text, R"({"a":[1,0.5]})");
    EXPECT_TRUE(second.pinned);
    EXPECT_EQ(time_of(second), "absent");
    EXPECT_EQ(base::format_rfc3339(second.occurred_at.value_or(base::Time{})), "2023-05-08T11:56:00.000Z");
    EXPECT_EQ(lines.report.people, Texts{"Ida"});
}

TEST(ImportJsonLines, NamesEachBadLine) {
    std::vector<std::size_t> lines;
    for (const auto& problem : import_file("jsonl/memories.jsonl").report.problems) {
        lines.push_back(problem.line);
        EXPECT_FALSE(problem.reason.empty());
        EXPECT_FALSE(problem.remedy.empty());
    }
    EXPECT_EQ(lines, (std::vector<std::size_t>{4, 5, 6, 7, 8, 9, 10}));
}

TEST(ImportJsonLines, ListsTheFirstProblemsAndCountsAll) {
    std::string text;
    for (int i = 0; i < 250; ++i) text += "{}\n";
    const ImportSummary report = import_text(text).report;
    EXPECT_EQ(report.problems.size(), 100U);
    EXPECT_EQ(report.problem_count, 250U);
}

TEST(Import, RefusesWhatItDoesNotKnowAndSaysWhatItIs) {
    const auto refusal = [](const std::string& text) -> std::string {
        try {
            import_text(text);
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), base::Code::kUnsupportedType);
            return error.safe();
        }
        return "taken";
    };
    EXPECT_NE(refusal("\xFF\xFE[").find("UTF-16"), std::string::npos);
    EXPECT_NE(refusal("").find("empty"), std::string::npos);
    EXPECT_NE(refusal("Dear diary,\n").find("a WhatsApp chat"), std::string::npos);
}

TEST(Import, PassesOnWhatTheSinkThrows) {
    const auto files = import_files("a", [] { return std::make_unique<std::istringstream>("{\"content\": \"x\"}\n"); });
    EXPECT_THROW(
        parse_import(files, {}, [](ImportedMessage&&) { throw base::Error(base::Code::kStorageFull, "full"); }),
        base::Error);
}

}  // namespace
}  // namespace engram::integration
