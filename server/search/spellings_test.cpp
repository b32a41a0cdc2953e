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

}  // namespace
}  // namespace engram::search
