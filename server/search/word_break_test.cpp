#include "search/word_break.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace engram::search {
namespace {

using Words = std::vector<std::string>;

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    break_words(text, tokens);
    return tokens;
}

// What counts as a word: what a query would look for.
Words words_of(std::string_view text) {
    Words words;
    for (const Token& token : tokens_of(text))
        if (counts_as_word(token.kind)) words.emplace_back(text.substr(token.begin, token.end - token.begin));
    return words;
}

TEST(WordBreak, FindsTheWordsThatPeopleSee) {
    const std::vector<std::pair<std::string, Words>> cases = {
        {"", {}},
        {"   \n\t", {}},
        {"Call the dentist, please!", {"Call", "the", "dentist", "please"}},
        {"don't can\u2019t", {"don't", "can\u2019t"}},
        {"Anna's we'll I'm Anna\u2019s", {"Anna", "we", "I", "Anna"}},
        {"l'été d\u2019hiver dell'arte", {"l", "été", "d", "hiver", "dell", "arte"}},
        {"well-known e-mail", {"well", "known", "e", "mail"}},
        {"#holiday @anna me@home.org", {"holiday", "anna", "me", "home", "org"}},
        {"3.14 1,000 10:30 2024-05-01", {"3.14", "1,000", "10", "30", "2024", "05", "01"}},
        {"U.S.A. e.g. p.m.", {"U.S.A", "e.g", "p.m"}},
        {"example.com end.Begin note:buy snake_case v1.2",
         {"example", "com", "end", "Begin", "note", "buy", "snake", "case", "v1.2"}},
        {"кот и пёс", {"кот", "и", "пёс"}},
        {"黒い猫", {"黒い", "い猫"}},
        {"猫", {"猫"}},
        {"iPhone を買う", {"iPhone", "を買", "買う"}},
        {"비행기 표", {"비행", "행기", "표"}},
        {"great 👍🏽 trip 🇩🇪", {"great", "👍🏽", "trip", "🇩🇪"}},
        {"👨‍👩‍👧", {"👨‍👩‍👧"}},
        {"'quoted' \"x\" (y)", {"quoted", "x", "y"}},
        {"___ ... :::", {}},
    };
    for (const auto& [text, words] : cases) EXPECT_EQ(words_of(text), words) << text;
}

TEST(WordBreak, IndexesSingleCharactersOfLongerRunsToo) {
    const std::string text = "黒い猫";
    std::size_t singles = 0;
    for (const Token& token : tokens_of(text)) singles += token.kind == TokenKind::kSingle ? 1 : 0;
    EXPECT_EQ(singles, 3U);
    EXPECT_EQ(tokens_of("猫").size(), 1U);
}

// Of that kind alone.
Words further_words_of(std::string_view text, TokenKind kind) {
    Words words;
    for (const Token& token : tokens_of(text))
        if (token.kind == kind) words.emplace_back(text.substr(token.begin, token.end - token.begin));
    return words;
}

TEST(WordBreak, JoinsWordsThatHaveHyphensBetween) {
    const std::vector<std::pair<std::string, Words>> cases = {
        {"well-known e-mail", {"well-known", "e-mail"}},
        {"Müller-Lüdenscheidt fährt", {"Müller-Lüdenscheidt"}},
        {"one-two-three-four", {"one-two-three-four"}},
        {"one-two-three-four-five", {}},
        {"e\u2010mail e\u2011mail e\u2013mail", {"e\u2010mail", "e\u2011mail"}},
        {"a--b c - d e- f -g", {}},
        {"covid-19 2024-05-01 follow-up-2", {"follow-up"}},
        {"mp3-player", {"mp3-player"}},
        {"l'avant-garde", {"avant-garde"}},
        {"猫-犬", {}},
        {std::string(40, 'a') + "-" + std::string(40, 'b'), {}},
    };
    for (const auto& [text, words] : cases) EXPECT_EQ(further_words_of(text, TokenKind::kJoined), words) << text;
}

TEST(WordBreak, FindsWhatMayBeThePhone) {
    const std::vector<std::pair<std::string, Words>> cases = {
        {"+49 151 2345-6789", {"49 151 2345", "49 151 2345-6789"}},
        {"(030) 123 45 67", {"030) 123 45", "030) 123 45 67"}},
        {"01512345678.", {"01512345678"}},
        {"0151.2345.678 030.1234567", {"0151.2345.678", "030.1234567"}},
        {"123456 12345678901234567", {}},
        {"2024-05-01 01.05.2024 5/12/2024 2019-2020", {}},
        {"192.168.100.200 52.520008 1.000.000 100.000.000 1.2.34567", {}},
        {"1,000,000.50 10.30-11.45", {}},
        {"1234 - 5678 x1234567 1234567x", {}},
        {"1234567 +49301234567", {"1234567", "49301234567"}},
        {"1234\n5678", {}},
        {"1234 5678 9012 3456 7890 1234", {"1234 5678", "1234 5678 9012"}},
        {"5551234 5555678 5559012", {"5551234", "5551234 5555678", "5559012"}},
        {"1234 5678 9012 3456 030 1234567", {"1234 5678", "1234 5678 9012", "030 1234567"}},
    };
    for (const auto& [text, words] : cases) EXPECT_EQ(further_words_of(text, TokenKind::kPhone), words) << text;
}

TEST(WordBreak, FindsThePartsOfEmoji) {
    EXPECT_EQ(further_words_of("👩🏽‍🚒", TokenKind::kSingle), (Words{"👩🏽", "🚒"}));
    EXPECT_EQ(further_words_of("🏴󠁧󠁢󠁥󠁮󠁧󠁿", TokenKind::kSingle), (Words{"🏴"}));
    EXPECT_EQ(further_words_of("👍🏽 🇩🇪 ❤\ufe0f", TokenKind::kSingle), Words{});
    EXPECT_EQ(words_of("#\ufe0f\u20e3 1\ufe0f\u20e3 #x"), (Words{"#\ufe0f\u20e3", "1\ufe0f\u20e3", "x"}));
}

TEST(WordBreak, OrdersWordsByWhereTheyBegin) {
    const std::vector<Token> tokens = tokens_of("e-mail 030/1234567");
    const std::vector<Token> expected = {
        {0, 1, TokenKind::kWord},  {0, 6, TokenKind::kJoined}, {2, 6, TokenKind::kWord},
        {7, 10, TokenKind::kWord}, {7, 18, TokenKind::kPhone}, {11, 18, TokenKind::kWord},
    };
    EXPECT_EQ(std::vector<Token>(tokens.begin(), tokens.end()), expected);
}

std::string random_text(std::mt19937& engine, bool ascii) {
    static constexpr std::string_view kAscii = "aaabBzZ019__..::,,;;''``  \n\t---#@!\"\x01\x7f+(/)0123456789";
    static const std::array<std::string, 32> kOther = {
        "é",      "e\u0301", "ß",      "’",          "·",      "я", "й",  "猫", "かが", "ไทย",    "한",
        "👍",     "🏽",      "\u200d", "\u200b",     "\ufe0f", "ع", "ａ", "1",  " ",    "\u02bc", "\u2010",
        "\u2011", "\u202c",  "\u20e3", "\U000e0067", "٢",      "๒", "ｶﾞ", "น้ำ", "न्",    "\u00b4"};
    std::string text;
    const std::size_t length = std::uniform_int_distribution<std::size_t>(0, 24)(engine);
    for (std::size_t i = 0; i < length; ++i) {
        if (ascii || engine() % 3 != 0) {
            text.push_back(kAscii[engine() % kAscii.size()]);
        } else {
            text += kOther[engine() % kOther.size()];
        }
    }
    return text;
}

TEST(WordBreak, GivesTheWordsOfIcuForRandomTexts) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 engine(seed);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = random_text(engine, i % 2 == 0);
        std::vector<Token> by_icu;
        break_words_by_icu(text, by_icu);
        ASSERT_EQ(tokens_of(text), by_icu) << '[' << text << ']';
    }
}

TEST(WordBreak, TakesAnyBytes) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 engine(seed);
    for (int i = 0; i < 5'000; ++i) {
        std::string bytes(engine() % 40, '\0');
        for (char& c : bytes) c = static_cast<char>(engine());
        std::size_t end_before = 0;
        for (const Token& token : tokens_of(bytes)) {
            ASSERT_LT(token.begin, token.end);
            ASSERT_LE(token.end, bytes.size());
            ASSERT_GE(token.end, end_before);
            if (token.kind == TokenKind::kWord) end_before = token.end;
        }
    }
}

}  // namespace
}  // namespace engram::search
