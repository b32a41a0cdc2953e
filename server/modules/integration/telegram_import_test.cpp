#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "modules/integration/import_fixture.hpp"

namespace engram::integration {
namespace {

const char* const kHead = R"({"name": "Ida", "type": "personal_chat", "id": 5, "messages": [)";
const char* const kMessage =
    R"({"id": 1, "type": "message", "date": "2024-01-01T00:00:00", "date_unixtime": "1704063600", "from": "Ida",)"
    R"( "text": "hello"})";

std::string refusal(const std::string& text) {
    try {
        import_text(text, {.format = "telegram"});
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kInvalid);
        return error.safe();
    }
    return "taken";
}

TEST(ImportTelegram, ReadsAChat) {
    const Imported chat = import_file("telegram/chat.json");
    EXPECT_EQ(chat.report.format, "telegram");
    EXPECT_EQ(contents(chat),
              (Texts{"Die Leiter steht bei Edda", "Gut, siehe den Plan (https://plan.example/) und https://b.example!",
                     "photo_1@31-12-2023.jpg", "Rechnung März.pdf", "👋", "Wann?\n- Montag\n- Dienstag",
                     "weitergeleitet", "Hafen\nKai 1\n52.5, 13.4", "Edda Brandt\n+49 30 1", "mit Text"}));
    EXPECT_EQ(chat.report.people, (Texts{"Jonas Ähren", "Deleted account"}));
    EXPECT_EQ(chat.report.skipped_system, 1U);
    EXPECT_EQ(chat.report.skipped_media, 1U);
    EXPECT_EQ(chat.report.media, 3U);
    EXPECT_EQ(chat.messages[2].media, Texts{"photo_1@31-12-2023.jpg"});
    EXPECT_EQ(chat.messages[3].media, Texts{"Rechnung.pdf"});
    EXPECT_EQ(chat.messages[0].metadata.text, R"({"edited":true})");
    EXPECT_EQ(chat.messages[1].metadata.text, "{}");
    EXPECT_EQ(chat.messages[6].metadata.text, R"({"forwarded_from":"Kanal \"X\""})");
    ASSERT_EQ(chat.report.problems.size(), 2U);
    EXPECT_EQ(chat.report.problems[0].line, 10U);
    EXPECT_EQ(chat.report.problems[1].line, 14U);
}

TEST(ImportTelegram, NamesMessagesAndWhatTheyAnswer) {
    const Imported chat = import_file("telegram/chat.json");
    EXPECT_EQ(chat.messages[0].key, "telegram 4242 2");
    EXPECT_EQ(chat.messages[0].thread, "telegram 4242");
    EXPECT_EQ(chat.messages[0].context, "Telegram: Jonas Ähren");
    EXPECT_EQ(chat.messages[0].source, "telegram");
    EXPECT_EQ(chat.messages[1].reply_to, "telegram 4242 2");
    EXPECT_EQ(chat.messages[9].reply_to, "telegram 99 77");
}

TEST(ImportTelegram, TakesTheExactTimeAndElseThatOfTheZone) {
    const Imported chat = import_file("telegram/chat.json", {.zone = *base::TimeZone::find("Europe/Berlin")});
    EXPECT_EQ(time_of(chat.messages[0]), "2023-12-31T20:45:00.000Z");
    EXPECT_EQ(time_of(chat.messages[1]), "2023-12-31T20:45:00.001Z");
    EXPECT_EQ(time_of(chat.messages[6]), "2023-12-31T21:51:00.000Z");
    EXPECT_EQ(chat.messages[0].utc_offset_minutes, 60);
    EXPECT_EQ(chat.messages[0].stated, chat.messages[1].stated);
    EXPECT_FALSE(chat.messages[0].stated.empty());
}

TEST(ImportTelegram, ReadsAWholeAccount) {
    const Imported chats = import_file("telegram/account.json");
    EXPECT_EQ(contents(chats), (Texts{"hallo", "an mich", "an mich", "sortiert", "verlassen"}));
    EXPECT_EQ(chats.messages[1].context, "Telegram: Saved messages");
    EXPECT_EQ(fingerprint(chats.messages[1]), fingerprint(chats.messages[2]));
    EXPECT_NE(chats.messages[0].key, chats.messages[1].key);
    EXPECT_EQ(chats.messages[3].context, "Telegram: Garten");
    EXPECT_EQ(chats.messages[3].key, "telegram 7 5");
    EXPECT_EQ(chats.messages[4].context, "Telegram: Deleted account");
    EXPECT_EQ(chats.report.problem_count, 0U);
}

TEST(ImportTelegram, HandsOverNothingOfAnExportThatBreaksOff) {
    const std::string text = std::string(kHead) + kMessage + ", " + kMessage;
    std::size_t count = 0;
    const auto files = import_files("result.json", [&] { return std::make_unique<std::istringstream>(text); });
    EXPECT_THROW(parse_import(files, {}, [&](ImportedMessage&&) { ++count; }), base::Error);
    EXPECT_EQ(count, 0U);
    EXPECT_NE(refusal(text).find("byte " + std::to_string(text.size())), std::string::npos) << refusal(text);
}

TEST(ImportTelegram, RefusesWhatIsNoJson) {
    EXPECT_NE(refusal("").find("byte 0"), std::string::npos);
    EXPECT_NE(refusal("\xFF\xFE{").find("byte 0"), std::string::npos);
    EXPECT_NE(refusal(std::string(kHead) + std::string(100'000, '[')).find("too deep"), std::string::npos);
}

TEST(ImportTelegram, LeavesOutAMessageThatIsTooLarge) {
    const std::string large =
        R"({"id": 2, "type": "message", "date_unixtime": "1704063600", "from": "Ida", "text": ")" +
        std::string(2 << 20, 'x') + "\"}";
    const Imported chat = import_text(std::string(kHead) + kMessage + "," + large + "," + kMessage + "]}");
    EXPECT_EQ(contents(chat), (Texts{"hello", "hello"}));
    ASSERT_EQ(chat.report.problems.size(), 1U);
    EXPECT_EQ(chat.report.problems[0].line, 2U);
    EXPECT_NE(chat.report.problems[0].reason.find("too large"), std::string::npos);
}

TEST(ImportTelegram, RepairsTexts) {
    std::string message = kMessage;
    message.replace(message.find("hello"), 5, "h\xFF\\u0000llo");
    const Imported chat = import_text(std::string(kHead) + message + "]}");
    EXPECT_EQ(contents(chat), Texts{"h\uFFFDllo"});
    EXPECT_EQ(chat.report.problem_count, 1U);
}

}  // namespace
}  // namespace engram::integration
