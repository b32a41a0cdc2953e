#include "modules/memory/hints/query_hints.hpp"

#include <gtest/gtest.h>

namespace engram::memory {
namespace {

// The last second of 2024-03-31 in UTC, when it is April in Berlin.
Wall utc() { return {base::parse_rfc3339("2024-03-31T23:59:59Z").value(), base::TimeZone()}; }
Wall in(std::string_view zone) { return {utc().now, base::TimeZone::find(zone).value()}; }

// "Anna = person from:Anna", one behind the other.
std::string hints_of(std::string_view text) {
    std::string told;
    for (const QueryHint& hint : find_query_hints(text, utc)) {
        if (!told.empty()) told += "; ";
        (((told += hint.text) += " = ") += hint.kind) += " " + hint.means;
        EXPECT_EQ(hint.text, text.substr(hint.begin, hint.end - hint.begin));
    }
    return told;
}

struct Row {
    std::string_view text, hints;
};

constexpr Row kRows[]{
    {"private notes about the garden", "private notes = class private"},
    {"in my locked memories", "locked memories = class locked"},
    {"secret notes", "secret notes = class locked"},
    {"everyday notes", "everyday notes = class everyday"},
    {"sealed memories", "sealed memories = class sealed"},
    {"meine privaten Notizen", "privaten Notizen = class private"},
    {"notes privées", "notes privées = class private"},
    {"notas privadas", "notas privadas = class private"},
    {"note segrete", "note segrete = class locked"},
    {"geheime notities", "geheime notities = class locked"},
    {"notes tagged garden", "tagged garden = tag tag:garden"},
    {"tagged with spare-parts", "tagged with spare-parts = tag tag:spare-parts"},
    {"with the tag Garden", "with the tag Garden = tag tag:Garden"},
    {"plants #garden", "#garden = tag tag:garden"},
    {"mit dem Schlagwort Garten", "mit dem Schlagwort Garten = tag tag:Garten"},
    {"avec le tag jardin", "avec le tag jardin = tag tag:jardin"},
    {"con la etiqueta jardín", "con la etiqueta jardín = tag tag:jardín"},
    {"what did Anna say about the boiler", "Anna = person from:Anna"},
    {"what did anna say", "anna = person from:anna"},
    {"Anna said hello", "Anna = person from:Anna"},
    {"what Anna Kaya told me", "Anna Kaya = person from:\"Anna Kaya\""},
    {"message from anna", "anna = person from:anna"},
    {"mails from Anna-Lena", "Anna-Lena = person from:Anna-Lena"},
    {"told by anna", "anna = person from:anna"},
    {"was hat Anna über den Garten gesagt", "Anna = person from:Anna"},
    {"Anna sagte", "Anna = person from:Anna"},
    {"Nachricht von Anna", "Anna = person from:Anna"},
    {"qu'a dit Anna", "Anna = person from:Anna"},
    {"message de Zoé", "Zoé = person from:Zoé"},
    {"¿qué dijo Anna?", "Anna = person from:Anna"},
    {"cosa ha detto Anna", "Anna = person from:Anna"},
    {"o que disse Anna", "Anna = person from:Anna"},
    {"wat zei Anna", "Anna = person from:Anna"},
    {"what did Anna and Tom say", "Anna = person from:Anna; Tom = person from:Tom"},
    {"Anna asked about the key", "Anna = person from:Anna"},
    {"Anna's recipe for plum cake", "Anna = person from:Anna"},
    {"Anna Kaya\u2019s recipe", "Anna Kaya = person from:\"Anna Kaya\""},
    {"recipes from Anna", "Anna = person from:Anna"},
    {"according to Anna", "Anna = person from:Anna"},
    {"messages with anna", "anna = person from:anna"},
    {"conversation with Anna Kaya", "Anna Kaya = person from:\"Anna Kaya\""},
    {"Annas Rezept für Pflaumenkuchen", "Anna = person from:Anna"},
    {"Rezept von Anna", "Anna = person from:Anna"},
    {"laut Anna", "Anna = person from:Anna"},
    {"Gespräch mit Anna", "Anna = person from:Anna"},
    {"Anna hat mir erzählt", "Anna = person from:Anna"},
    {"was hat mir Anna erzählt", "Anna = person from:Anna"},
    {"was Anna über den Garten gesagt hat", "Anna = person from:Anna"},
    {"la recette d'Anna", "Anna = person from:Anna"},
    {"Anna m'a dit", "Anna = person from:Anna"},
    {"receta de Anna", "Anna = person from:Anna"},
    {"Anna me dijo", "Anna = person from:Anna"},
    {"ricetta di Anna", "Anna = person from:Anna"},
    {"secondo Anna", "Anna = person from:Anna"},
    {"Anna mi ha detto", "Anna = person from:Anna"},
    {"receita da Anna", "Anna = person from:Anna"},
    {"a Anna disse", "Anna = person from:Anna"},
    {"recept van Anna", "Anna = person from:Anna"},
    {"wat heeft Anna gezegd", "Anna = person from:Anna"},
    {"things I tagged as garden", "tagged as garden = tag tag:garden"},
    {"in my garden tag", "garden tag = tag tag:garden"},
    {"in my spare parts tag", "spare parts tag = tag tag:\"spare parts\""},
    {"with the tag spare parts", "with the tag spare parts = tag tag:\"spare parts\""},
    {"mit dem Tag Garten", "mit dem Tag Garten = tag tag:Garten"},
    {"mit Garten getaggt", "mit Garten getaggt = tag tag:Garten"},
    {"what did Anna say last summer", "Anna = person from:Anna; last summer = date 2023-06-01..2023-08-31"},
    {"last summer tagged sea", "last summer = date 2023-06-01..2023-08-31; tagged sea = tag tag:sea"},
    {"what did G say", "G = person from:G"},
    {"notes tagged shopping list", "tagged shopping list = tag tag:\"shopping list\""},
    {"message from June", "June = person from:June"},
    {"message from June 2023", "from June 2023 = date 2023-06-01..2023-06-30"},
    {"notes from March", "from March = date 2024-03-01..2024-03-31"},
    {"recipes from Christmas", "from Christmas = date 2023-12-24..2023-12-26"},
    {"messages from last week", "from last week = date 2024-03-18..2024-03-24"},
    {"since March", "since March = date 2024-03-01.."},
    {"before 2020", "before 2020 = date ..2019-12-31"},
};

TEST(QueryHints, SayWhenWhoAndWhere) {
    for (const auto& [text, hints] : kRows) EXPECT_EQ(hints_of(text), hints);
}

TEST(QueryHints, AreNotInEveryWordLikeThem) {
    for (const std::string_view text : {"secret recipe",
                                        "private beach",
                                        "photos of anna",
                                        "tagged in a photo",
                                        "C# notes",
                                        "issue #12",
                                        "a#b",
                                        "the plumber said",
                                        "he said",
                                        "I said so",
                                        "easier said than done",
                                        "message from the bank",
                                        "according to the manual",
                                        "did it say",
                                        "James plan",
                                        "Anna's birthday",
                                        "Anna's not here",
                                        "was hat der Arzt gesagt",
                                        "Kuchenrezept von der Oma",
                                        "question asked",
                                        "receta de cocina",
                                        "memories private beach",
                                        "locked door",
                                        "tag",
                                        "from anna",
                                        "mit dem Tag",
                                        "hat Anna einen Hund",
                                        "notes",
                                        "",
                                        "boiler room"})
        EXPECT_EQ(hints_of(text), "") << text;
}

TEST(QueryHints, DaysAreThoseOfThePersonsZone) {
    const auto yesterday = [](const Wall& wall) {
        const auto hints = find_query_hints("yesterday", [&] { return wall; });
        return hints.at(0).means + " " + base::format_rfc3339(*hints.at(0).from).substr(0, 16) + " " +
               base::format_rfc3339(*hints.at(0).to).substr(0, 16);
    };
    EXPECT_EQ(yesterday(utc()), "2024-03-30 2024-03-30T00:00 2024-03-31T00:00");
    EXPECT_EQ(yesterday(in("Europe/Berlin")), "2024-03-31 2024-03-30T23:00 2024-03-31T22:00") << "a day of 23 hours";
    EXPECT_EQ(yesterday(in("America/New_York")), "2024-03-30 2024-03-30T04:00 2024-03-31T04:00");
    EXPECT_EQ(yesterday(in("Pacific/Kiritimati")), "2024-03-31 2024-03-30T10:00 2024-03-31T10:00");
}

TEST(QueryHints, OpenEndsHaveNoTime) {
    const auto since = find_query_hints("since March", utc), before = find_query_hints("before 2020", utc);
    EXPECT_TRUE(since.at(0).from && !since.at(0).to);
    EXPECT_TRUE(before.at(0).to && !before.at(0).from);
}

}  // namespace
}  // namespace engram::memory
