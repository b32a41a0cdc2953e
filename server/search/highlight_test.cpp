#include "search/highlight.hpp"

#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "search/detect_language.hpp"
#include "search/index_fixture.hpp"
#include "search/owner_index.hpp"
#include "search/word_break.hpp"

namespace engram::search {
namespace {

// The text with [ ] around the spans, as it is shown to who finds it.
std::string marked(const ports::IndexQuery& query, const std::string& text, const std::string& language) {
    OwnerIndex index(std::pmr::get_default_resource());
    ports::IndexChange change = change_of(1, 1, text);
    change.language = language;
    std::vector<Token> tokens;
    break_words(text, tokens);
    index.apply(change, tokens);
    const auto marker = make_marker(query, index.search(query).words);
    std::string out;
    std::size_t at = 0;
    for (const auto& span : marker->mark(text, language)) {
        EXPECT_LE(at, span.begin);
        EXPECT_LT(span.begin, span.end);
        out += text.substr(at, span.begin - at) + '[' + text.substr(span.begin, span.end - span.begin) + ']';
        at = span.end;
    }
    return out + text.substr(at);
}

TEST(Highlight, MarksTheWordsThatTheQueryFinds) {
    struct Case {
        std::string query, text, language, expected;
    };
    const std::vector<Case> cases = {
        {"run", "Running shoes, he runs.", "en", "[Running] shoes, he [runs]."},
        {"the run", "The run", "en", "The [run]"},
        {"the", "The run", "en", "[The] run"},
        {"ete", "L'été à la plage", "fr", "L'[été] à la plage"},
        {"haus", "Zwei Häuser", "de", "Zwei [Häuser]"},
        {"книга", "Мы купили книги", "ru", "Мы купили [книги]"},
        {"黒い猫", "黒い猫が好き", "ja", "[黒い猫]が好き"},
        {"猫", "黒い猫が好き", "ja", "黒い[猫]が好き"},
        {"🎉", "party 🎉!", "", "party [🎉]!"},
        {"anna", "Anna's ANNA @anna", "en", "[Anna]'s [ANNA] @[anna]"},
        {"", "anything", "en", "anything"},
        {"?!", "anything?!", "en", "anything?!"},
        {"x", "", "en", ""},
        {"die", "dying to go, he died", "en", "[dying] to go, he [died]"},
        {"maan", "de maan en manen", "nl", "de [maan] en [manen]"},
        {"gardne", "my garden, gardens", "en", "my [garden], [gardens]"},
        {"boilerroom", "the boiler room", "en", "the [boiler] [room]"},
        {"boiler room", "the boilerroom", "en", "the [boilerroom]"},
    };
    for (const auto& [query, text, language, expected] : cases)
        EXPECT_EQ(marked(query_for(query), text, language), expected) << query;
}

TEST(Highlight, MarksBeginningsSynonymsAndPhrases) {
    ports::IndexQuery query = query_for("gard");
    query.typing = true;
    EXPECT_EQ(marked(query, "The gardener's garden", "en"), "The [gardener]'s [garden]");
    query = query_for("mom");
    query.synonyms = {{"mom", "mother"}};
    EXPECT_EQ(marked(query, "Mothers and mom", "en"), "[Mothers] and [mom]");
    query = {};
    query.phrases = {"the plum cake"};
    EXPECT_EQ(marked(query, "Eat the plum cake", "en"), "Eat [the plum cake]");
    EXPECT_EQ(marked(query, "A plum, the cake; the plums cake", "en"), "A plum, the cake; [the plums cake]");
}

// Signs between letters, digits in groups, and stems of another language.
TEST(Highlight, MarksWhateverFindsTheText) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"o'brien", "obrien"}, "at [O'Brien] in town"},
        {{"1,199", "1199"}, "costs [1,199] €"},
        {{"1234.56"}, "in all [1.234,56]"},
        {{"wifi", "wi-fi"}, "[Wi-Fi] password"},
        {{"tshirt"}, "a new [T-shirt]"},
        {{"cooperate"}, "to [co-operate]"},
        {{"usa"}, "in the [U.S.A]."},
        {{"015123456789", "0151 23456789"}, "call [0151 23456789]"},
        {{"12345678"}, "or [1234-5678]"},
    };
    for (const auto& [queries, expected] : cases) {
        std::string text = expected;
        std::erase_if(text, [](char c) { return c == '[' || c == ']'; });
        for (const std::string& query : queries) EXPECT_EQ(marked(query_for(query), text, "en"), expected) << query;
    }
}

TEST(DetectLanguage, TellsTheLanguageOfSentences) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"I called the dentist this morning and made an appointment for next week", "en"},
        {"What would they have from that, and where were you?", "en"},
        {"Gisteren zijn we met de trein naar huis gegaan en daarna hebben we koffie gedronken", "nl"},
        {"Wir haben uns gestern mit dem Chef über the and you unterhalten, danach gab es Käsekuchen", "de"},
        {"Ich habe heute Morgen den Zahnarzt angerufen und einen Termin gemacht", "de"},
        {"J'ai appelé le dentiste ce matin et pris un rendez-vous pour la semaine prochaine", "fr"},
        {"Сегодня утром я позвонил стоматологу и записался на прием", "ru"},
        {"今朝歯医者に電話して来週の予約を取りました", "ja"},
        {"", ""},
        {"ok", ""},
        {"dentist 12:30", ""},
        {"\xff\xfe\xfd and some more letters after that to be long enough", ""},
    };
    for (const auto& [text, code] : cases) EXPECT_EQ(detect_language(text), code) << text;
}

}  // namespace
}  // namespace engram::search
