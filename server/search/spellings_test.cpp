// What people type against what stands in the text: each is found by the others.
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "search/index_fixture.hpp"
#include "search/owner_index.hpp"
#include "search/word_break.hpp"

namespace engram::search {
namespace {

using Words = std::vector<std::string>;

bool finds(const std::string& query, const std::string& text, const std::string& language) {
    OwnerIndex index(std::pmr::get_default_resource());
    ports::IndexChange change = change_of(1, 1, text);
    change.language = language;
    std::vector<Token> tokens;
    break_words(change.text, tokens);
    index.apply(change, tokens);
    return index.search(query_for(query)).total == 1;
}

void expect_found(const std::string& text, const std::string& language, const Words& queries) {
    for (const std::string& query : queries) EXPECT_TRUE(finds(query, text, language)) << '[' << query << "] " << text;
}

void expect_not_found(const std::string& text, const std::string& language, const Words& queries) {
    for (const std::string& query : queries) EXPECT_FALSE(finds(query, text, language)) << '[' << query << "] " << text;
}

// Every spelling finds a text with every other.
void expect_alike(const std::string& language, const Words& spellings) {
    for (const std::string& text : spellings) expect_found(text, language, spellings);
}

TEST(Spellings, StemsOfTenLanguages) {
    expect_found("Running shoes for the children's parties", "en", {"run", "shoe", "party", "children", "RUNS"});
    expect_found("Zwei alte Häuser an der Straße", "de", {"haus", "Hauser", "HÄUSERN", "strasse", "straßen", "alt"});
    expect_found("Las canciones de mi niñez", "es", {"canción", "cancion", "ninez"});
    expect_found("J'ai mangé des œufs à l'été", "fr", {"manger", "mangés", "oeuf", "ete", "été"});
    expect_found("As ações dos irmãos", "pt", {"ação", "acao", "irmao"});
    expect_found("L'amico dell'università", "it", {"amici", "universita", "università"});
    expect_found("Drie kleine fietsen", "nl", {"fiets", "klein"});
    expect_found("Flickorna sjunger på ängen", "sv", {"flicka", "äng", "ang", "sjunga"});
    expect_found("Мы купили новые книги и ёлку", "ru", {"книга", "книгу", "елку", "новый"});
    expect_found("Kitaplarımı okudum, ılık çay", "tr", {"kitap", "kitaplar", "ILIK", "cay", "ilik"});
}

TEST(Spellings, EachWordInEveryLanguageOfThePerson) {
    OwnerIndex index(std::pmr::get_default_resource());
    const Words texts = {"Zwei Häuser", "two houses", "deux maisons"}, languages = {"de", "en", "fr"};
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
        ports::IndexChange change = change_of(i, i + 1, texts[i]);
        change.language = languages[i];
        std::vector<Token> tokens;
        break_words(change.text, tokens);
        index.apply(change, tokens);
    }
    EXPECT_EQ(numbers_of(index.search(query_for("haus"))), (std::vector<std::uint32_t>{0}));
    EXPECT_EQ(numbers_of(index.search(query_for("house"))), (std::vector<std::uint32_t>{1}));
    EXPECT_EQ(numbers_of(index.search(query_for("maison"))), (std::vector<std::uint32_t>{2}));
}

TEST(Spellings, OneApostropheLikeAnother) {
    expect_alike("en",
                 {"don't", "don\u2019t", "don\u2018t", "don\u02bct", "don`t", "don\u00b4t", "don\uff07t", "dont"});
    expect_alike("en", {"O'Brien", "O\u2019Brien", "o`brien", "OBrien"});
    expect_alike("uk", {"комп'ютер", "комп\u2019ютер", "комп\u02bcютер", "компютер"});
    expect_alike("", {"Hawai\u02bbi", "Hawai'i", "Hawaii"});
    expect_alike("he", {"צה\"ל", "צה\u05f4ל", "צהל"});
    expect_found("İzmir'e ve Ankara\u2019ya gittik", "", {"izmir", "ankara"});
    expect_found("Qu\u2019est-ce que l`amour d\u00b4hiver", "fr", {"amour", "hiver"});
    expect_found("Anna's and Anna\u2019s\u200f book", "", {"anna"});
}

TEST(Spellings, AccentsAndLettersOfOneScript) {
    expect_alike("", {"Ærø", "ærø", "AErO"});
    expect_alike("da", {"Århus", "århus", "Arhus", "A\u030arhus"});
    expect_alike("vi", {"Tiếng Việt", "tieng viet", "Tie\u0302\u0301ng Vie\u0323\u0302t"});
    expect_alike("vi", {"đường", "duong"});
    expect_alike("el", {"ΟΔΟΣ", "οδος", "οδός", "οδοσ"});
    expect_alike("he", {"שָׁלוֹם", "שלום"});
    expect_alike("tr", {"ISPARTA", "ısparta", "isparta", "İsparta"});
    expect_alike("", {"Ħamrun", "hamrun"});
}

TEST(Spellings, Arabic) {
    for (const char* language : {"ar", "", "fa"}) {
        expect_alike(language, {"أحمد", "احمد", "إحمد", "آحمد", "ٱحمد"});
        expect_alike(language, {"مدرسة", "مدرسه", "مَدْرَسَةٌ", "مدرســـة"});
        expect_alike(language, {"مستشفى", "مستشفي", "مستشفی"});
        expect_alike(language, {"كتاب", "کتاب", "كِتَاب"});
    }
    expect_found("ذهبت إلى المدرسة", "ar", {"مدرسة", "المدرسه"});
    expect_alike("fa", {"می\u200cخواهم", "میخواهم", "ميخواهم"});
    expect_alike("ur", {"پاکستان ہے", "پاكستان هے"});
}

TEST(Spellings, Hindi) {
    for (const char* language : {"hi", ""}) {
        expect_alike(language, {"हिन्दी", "हिंदी", "हिँदी", "हिन्\u200dदी"});
        expect_alike(language, {"फ़ोन", "फोन", "\u095eोन"});
        expect_alike(language, {"गङ्गा", "गंगा"});
        expect_alike(language, {"कम्पनी", "कंपनी"});
        expect_alike(language, {"ऑफिस", "ओफिस"});
        expect_alike(language, {"लड़कियाँ", "लड़कियां", "लडकियां"});
    }
    expect_found("मेरी किताबें", "hi", {"किताब"});
}

TEST(Spellings, DigitsOfEveryScript) {
    expect_alike("", {"2024", "٢٠٢٤", "۲۰۲۴", "२०२४", "２０２４", "๒๐๒๔", "២០២៤", "၂၀၂၄", "໒໐໒໔"});
    expect_alike("", {"3.14", "3,14", "٣٫١٤"});
}

TEST(Spellings, Numbers) {
    expect_alike("", {"1000", "1,000", "1.000", "1'000", "1\u2019000", "١٬٠٠٠"});
    expect_alike("", {"1,234,567.50", "1.234.567,50", "1234567.50", "1'234'567.50"});
    expect_alike("", {"€20", "20€", "20 €", "20%"});
    expect_found("20kg 3.5mm 180°C 5km/h", "", {"20kg", "3.5mm", "3,5mm", "180", "180°C", "5km", "5km/h"});
    expect_found("192.168.1.100 on 01.05.2024 or 2024-05-01 at 10:30, v1.2.3", "",
                 {"192.168.1.100", "01.05.2024", "2024-05-01", "10:30", "v1.2.3"});
    expect_not_found("0.125 1.2.3 192.168.100.100", "", {"125", "123", "192168100100"});
}

TEST(Spellings, PhoneNumbers) {
    expect_alike("", {"+49 151 2345-6789", "015123456789", "0151/23456789", "(0151) 2345 6789", "0049 151 23456789",
                      "0151.2345.6789", "+49 (0)151/2345-6789", "٠١٥١٢٣٤٥٦٧٨٩",
                      "\u202a+49\u00a0151\u00a02345\u20116789\u202c", "０１５１－２３４５－６７８９"});
    expect_alike("", {"(030) 123 45 67", "030/1234567", "+49 30 1234567"});
    expect_alike("", {"+1 (212) 555-0123", "212.555.0123", "2125550123", "1-212-555-0123", "555-0123"});
    expect_alike("", {"+354 555 1234", "5551234"});
    expect_alike("", {"06 12 34 56 78", "+33 6 12 34 56 78", "06.12.34.56.78", "0612345678"});
    expect_found("call 555-123-4567 2 times, or 030 1234567 040 7654321", "",
                 {"5551234567", "0301234567", "0407654321"});
    expect_not_found("2024-05-01 10:30, 01.05.2024, 192.168.100.100, 1.000.000,50, 2019-2020", "",
                     {"0240501", "1052024", "8100100", "20192020", "0192020"});
    expect_not_found("1234 5678 9012 3456", "", {"1234567890123456"});
}

TEST(Spellings, Emoji) {
    expect_alike("", {"👍", "👍🏽", "👍🏿"});
    expect_alike("", {"❤", "❤\ufe0f", "❤\ufe0e"});
    expect_alike("", {"1\ufe0f\u20e3", "1\u20e3", "1"});
    expect_alike("", {"#\ufe0f\u20e3", "#\u20e3"});
    expect_found(
        "👩🏽‍🚒 🏳️‍🌈 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪🇫🇷 😂😂😂",
        "",
        {"👩‍🚒", "👩🏿‍🚒", "👩", "🚒", "🌈", "🏳", "🏳️‍🌈", "👨‍👩‍👧", "👧",
         "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴", "🇩🇪", "🇫🇷", "😂"});
    expect_not_found("🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪", "", {"🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇫🇷", "😂"});
}

TEST(Spellings, NamesTagsAddressesAndFiles) {
    expect_found("@anna_smith told #holidayPlans, mail anna.lee+news@mail.example.com", "",
                 {"@anna_smith", "anna", "smith", "#holidayplans", "holidayPlans", "lee", "news", "example", "com",
                  "anna.lee+news@mail.example.com", "mail.example.com"});
    expect_found("https://www.example.org/some/deep-path_name?id=42&q=caf%C3%A9#top", "",
                 {"https://www.example.org/some/deep-path_name", "example.org", "www", "deep", "path", "name",
                  "deep-path", "deeppath", "42", "top"});
    expect_found(
        "report_final-v2.pdf and IMG_20240501_123456.jpg", "",
        {"report_final-v2.pdf", "report", "final", "v2", "pdf", "finalv2", "20240501", "IMG_20240501_123456.jpg"});
    expect_found("snake_case camelCase", "", {"snake", "case", "snake_case", "camelcase", "CamelCase"});
    expect_found("camelCase", "", {"camel"});  // as a beginning
    expect_not_found("camelCase", "", {"case"});
}

TEST(Spellings, HyphensAsOneWordToo) {
    expect_found("My e-mail, Wi-Fi, follow-up and T-Shirt", "en",
                 {"email", "emails", "wifi", "followup", "tshirt", "mail"});
    expect_found("Frau Müller-Lüdenscheidt", "", {"müllerlüdenscheidt", "mullerludenscheidt", "lüdenscheidt"});
    expect_found("e\u2010mail and Wi\u2011Fi", "", {"email", "wifi", "fi"});
    expect_found("co\u00adoperate", "", {"cooperate"});
    expect_not_found("a--b, c - d, one-two-three-four-five, covid-19, x- y", "",
                     {"ab", "cd", "onetwothreefourfive", "xy"});
    expect_found("covid-19", "", {"covid19", "covid 19", "covid"});
}

TEST(Spellings, WhatCannotBeSeenHidesNothing) {
    for (const char* invisible : {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f", "\u202a",
                                  "\u202e", "\u2066", "\u2069", "\u00ad", "\ufe0f", "\u034f", "\u061c"}) {
        const std::string mark = invisible;
        const Words words = {"word", "猫犬鳥", "слово", "👍", "2024", "عربي"};
        for (const std::string& word : words) {
            expect_alike("", {word, mark + word, word + mark, mark + word + mark});
            expect_found("x " + word + mark + " y", "", {word});
        }
        expect_alike("", {"word", "wo" + mark + "rd"});
        expect_alike("", {"猫犬鳥", "猫" + mark + "犬鳥"});
    }
    expect_alike("", {"猫犬", "猫\U000e0100犬"});
    expect_found("\u0301abc \u0301 \u20e3x", "", {"abc", "x"});
}

TEST(Spellings, ScriptsWithoutSpaces) {
    expect_found("黒い猫が庭に来た", "ja", {"猫", "黒い", "黒い猫", "庭"});
    expect_alike("ja", {"ガギグ", "ｶﾞｷﾞｸﾞ", "カ\u3099キ\u3099ク\u3099"});
    expect_alike("", {"ＡＢＣ", "abc"});
    expect_alike("ko", {"한국 여행", "\u1112\u1161\u11ab\u1100\u116e\u11a8 여행"});
    expect_found("ฉันดื่มน้ำเย็นที่บ้าน", "th", {"น้ำ", "เย็น", "ดื่ม", "บ้าน", "ที่"});
    expect_found("ຂ້ອຍກິນເຂົ້າ ຫນຶ່ງ", "lo", {"ກິນ", "ເຂົ້າ"});
    expect_found("ខ្ញុំ\u200bស្រឡាញ់\u200bភាសាខ្មែរ", "km", {"ភាសា", "ខ្មែរ", "ភាសាខ្មែរ"});
    expect_found("မြန်မာစာကို ဖတ်တယ်", "my", {"မြန်မာ", "စာ"});
    expect_not_found("น้ำ", "th", {"้"});
}

}  // namespace
}  // namespace engram::search
