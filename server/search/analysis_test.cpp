#include "search/analysis.hpp"

#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "search/fold.hpp"
#include "search/postings.hpp"
#include "search/stop_words.hpp"
#include "search/string_table.hpp"

namespace engram::search {
namespace {

TEST(Fold, GivesOneSpelling) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"Hello", "hello"},     {"ÉTÉ", "ete"},           {"e\u0301te\u0301", "ete"},
        {"Straße", "strasse"},  {"ISTANBUL", "istanbul"}, {"İzmir", "izmir"},
        {"ılık", "ilik"},       {"Ørsted", "orsted"},     {"Œuvre", "oeuvre"},
        {"Łódź", "lodz"},       {"Ёлка", "елка"},         {"мой", "мой"},
        {"ΆΛΦΑ", "αλφα"},       {"ＡＢＣ", "abc"},        {"ﬁn", "fin"},
        {"U.S.A", "usa"},       {"3.14", "3.14"},         {"don\u2019t", "dont"},
        {"co\u00adop", "coop"}, {"\u200b\u200d", ""},     {"हिन्दी", "हिंदि"},
        {"Tiếng", "tieng"},     {"أحمد", "احمد"},         {"ガ", "ガ"},
        {"한국", "한국"},
    };
    for (const auto& [word, folded] : cases) EXPECT_EQ(fold_word(lower_word(word)), folded) << word;
}

TEST(Fold, TakesAnyBytes) {
    for (const char* bytes : {"\xff", "\xc3", "a\xe2\x82", "\xf0\x9f\x8f", "\xed\xa0\x80"})
        EXPECT_NO_THROW(fold_word(lower_word(bytes))) << bytes;
}

TEST(Analysis, StemsByLanguage) {
    struct Case {
        std::string word, code, term;
    };
    const std::vector<Case> cases = {
        {"Running", "en", "run"}, {"running", "", "run"},       {"memories", "en", "memori"},
        {"Häuser", "de", "haus"}, {"mangé", "fr", "mang"},      {"canciones", "es", "cancion"},
        {"книги", "ru", "книг"},  {"running", "xx", "running"}, {"running", "ja", "running"},
    };
    for (const auto& [word, code, term] : cases)
        EXPECT_EQ(term_of(word, TokenKind::kWord, language_of(code)), term) << word << ' ' << code;
    EXPECT_EQ(term_of("👍🏽", TokenKind::kSymbol, kNoLanguage), "👍");
    EXPECT_EQ(term_of("❤\ufe0f", TokenKind::kSymbol, kNoLanguage), "❤");
}

TEST(Analysis, KnowsTheStopWordsOfTenLanguages) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"the", "en"},    {"dont", "en"}, {"fur", "de"},   {"tambien", "es"}, {"meme", "fr"}, {"nao", "pt"},
        {"perche", "it"}, {"het", "nl"},  {"ocksa", "xx"}, {"och", "sv"},     {"что", "ru"},  {"icin", "tr"},
    };
    for (const auto& [word, code] : cases) EXPECT_EQ(is_stop_word(word, language_of(code)), code != "xx") << word;
    for (const char* word : {"house", "", "theme"}) EXPECT_FALSE(is_stop_word(word, language_of("en"))) << word;
}

std::vector<std::string> folded_words(std::string_view query, std::string_view language) {
    auto words = query_words(query);
    drop_stop_words(words, {language_of(language)});
    std::vector<std::string> folded;
    for (const QueryWord& word : words) folded.push_back(word.folded);
    return folded;
}

TEST(Analysis, ReadsQueries) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(folded_words("When did Anna's mother call?", "en"), (Words{"anna", "mother", "call"}));
    EXPECT_EQ(folded_words("to be or not to be", "en"), (Words{"to", "be", "or", "not"}));
    EXPECT_EQ(folded_words("New new NEW york", "en"), (Words{"new", "york"}));
    EXPECT_EQ(folded_words("l'été", "fr"), (Words{"ete"}));
    EXPECT_EQ(folded_words("die hard", "de"), (Words{"hard"}));
    EXPECT_EQ(folded_words("die hard", "en"), (Words{"die", "hard"}));
    EXPECT_EQ(query_words(std::string(600, 'x')).front().folded.size(), 64U);
}

TEST(Analysis, DerivesTheTermsOfFurtherTokens) {
    const Language english = language_of("en");
    EXPECT_EQ(term_of("e-mails", TokenKind::kJoined, english), "email");
    EXPECT_EQ(term_of("Müller\u2010Lüdenscheidt", TokenKind::kJoined, kNoLanguage), "mullerludenscheidt");
    EXPECT_EQ(term_of("+49 151/2345-6789", TokenKind::kPhone, kNoLanguage), "+3456789");
    EXPECT_EQ(term_of("٠٣٠ ١٢٣٤٥٦٧", TokenKind::kPhone, kNoLanguage), "+1234567");
    EXPECT_EQ(term_of("🏳️", TokenKind::kSingle, kNoLanguage), "🏳");
    EXPECT_EQ(term_of("ｶﾞ", TokenKind::kSingle, kNoLanguage), "ガ");
    for (const char* word : {"dont", "don't", "don\u2019t"})
        EXPECT_EQ(term_of(word, TokenKind::kWord, english), "dont");
}

std::vector<std::string> settled(std::string_view query, bool known) {
    auto words = query_words(query);
    settle_phones(words, [&](const QueryWord&) { return known; });
    std::vector<std::string> folded;
    for (const QueryWord& word : words) folded.push_back(word.folded);
    return folded;
}

TEST(Analysis, SettlesWhetherANumberIsAPhone) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(folded_words("call 0151 2345-6789", "en"), (Words{"call", "0151", "+3456789", "2345", "6789"}));
    EXPECT_EQ(settled("call 0151 2345-6789 now", true), (Words{"call", "+3456789", "now"}));
    EXPECT_EQ(settled("call 0151 2345-6789 now", false), (Words{"call", "0151", "2345", "6789", "now"}));
    EXPECT_EQ(settled("01512345678", true), (Words{"+2345678"}));
    EXPECT_EQ(settled("anna 2024", true), (Words{"anna", "2024"}));
    EXPECT_EQ(settled("0301234567 or 0307654321", true), (Words{"+1234567", "or", "+7654321"}));
}

TEST(Analysis, TellsWhereTheWordsOfAQueryStand) {
    const std::string query = "Zwei Häuser, zwei e-mails";
    std::vector<std::string> found;
    for (const QueryWord& word : query_words(query)) found.push_back(query.substr(word.begin, word.end - word.begin));
    EXPECT_EQ(found, (std::vector<std::string>{"Zwei", "Häuser", "e", "mails"}));
}

TEST(Analysis, CutsWordsBetweenCharacters) {
    std::string word;
    for (int i = 0; i < 40; ++i) word += "я";
    EXPECT_EQ(cut_word(word).size(), 64U);
    EXPECT_EQ(cut_word("x" + word).size(), 63U);
}

TEST(StringTable, GivesEachTextOneNumber) {
    StringTable table(std::pmr::get_default_resource());
    EXPECT_FALSE(table.find("a"));
    for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(table.intern("text" + std::to_string(i)), i);
    for (std::uint32_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(table.intern("text" + std::to_string(i)), i);
        EXPECT_EQ(table.text(i), "text" + std::to_string(i));
    }
    EXPECT_EQ(table.intern(""), 1000U);
    EXPECT_EQ(table.find(""), 1000U);
    EXPECT_EQ(table.size(), 1001U);
}

TEST(Postings, QuantisesInSteps) {
    for (std::uint32_t length = 2; length <= 9; ++length) EXPECT_NE(impact_code(1, length - 1), impact_code(1, length));
    for (std::uint32_t times = 2; times <= 5; ++times) EXPECT_NE(impact_code(times - 1, 9), impact_code(times, 9));
    const ImpactTable impacts = make_impacts(40);
    EXPECT_GT(impacts[impact_code(2, 40)], impacts[impact_code(1, 40)]);
    EXPECT_GT(impacts[impact_code(1, 20)], impacts[impact_code(1, 80)]);
    EXPECT_GT(impacts[impact_code(1, 4'000'000)], 0);
    EXPECT_NEAR(impacts[impact_code(1, 40)], 1.0, 0.1);
}

}  // namespace
}  // namespace engram::search
