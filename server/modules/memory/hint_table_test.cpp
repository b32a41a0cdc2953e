// Which words of a query are hints, which only look like them, and which are looked for all the same.
#include <gtest/gtest.h>

#include "modules/memory/search_attempts.hpp"

namespace engram::memory {
namespace {

Wall wall() { return {base::parse_rfc3339("2024-03-31T12:00:00Z").value(), base::TimeZone()}; }

ParsedQuery heeding(std::string_view query) {
    ParsedQuery typed = parse_query(query, wall);
    find_hints(typed, wall);
    return typed;
}

// The text of each hint.
std::string hints_of(const ParsedQuery& typed) {
    std::string told;
    for (const QueryHint& hint : typed.hints) (told += told.empty() ? "" : "; ") += hint.text;
    return told;
}

struct Row {
    std::string_view query, hints, words;
};

constexpr Row kHints[]{
    {"christmas dinner", "christmas", "christmas dinner"},
    {"christmas with mum", "christmas", "christmas with mum"},
    {"photos from Christmas", "from Christmas", "photos from Christmas"},
    {"Christmas 2022 presents", "Christmas 2022", "Christmas 2022 presents"},
    {"presents last Christmas", "last Christmas", "presents last Christmas"},
    {"easter", "easter", "easter"},
    {"sunday roast", "sunday", "sunday roast"},
    {"monday meeting", "monday", "monday meeting"},
    {"Friday night with Tom", "Friday", "Friday night with Tom"},
    {"en navidad", "en navidad", "en navidad"},
    {"job last summer", "last summer", "job "},
    {"winter 2023 tyres", "winter 2023", "winter 2023 tyres"},
    {"what I bought the other day", "the other day", "what I bought the other day"},
    {"dentist two weeks ago", "two weeks ago", "dentist "},
    {"notes with the tag garden", "with the tag garden", "notes garden"},
    {"things I tagged as garden", "tagged as garden", "things I garden"},
    {"notes about it with the tag spare parts", "with the tag spare parts", "notes about it spare parts"},
    {"in my garden tag", "garden tag", "in my garden tag"},
    {"my private notes about money", "private notes", "my  about money"},
    {"Anna's recipe for plum cake", "Anna", "Anna's recipe for plum cake"},
};

TEST(HintTable, HintsAndTheWordsBesideThem) {
    for (const auto& [query, hints, words] : kHints) {
        const ParsedQuery typed = heeding(query);
        EXPECT_EQ(hints_of(typed), hints);
        EXPECT_EQ(index_query({}, typed, {}, {}).text, words);
    }
}

constexpr std::string_view kNoHints[]{
    "sunday school",
    "easter egg hunt",
    "Christmas tree",
    "summer job",
    "winter tyres",
    "Black Friday",
    "black friday deals",
    "Friday night lights",
    "Thanksgiving recipe",
    "halloween costume",
    "spring roll",
    "fall asleep",
    "may bug",
    "second hand",
    "palm sunday",
    "new year's resolutions",
    "april fools",
    "Silvester Stallone",
    "easter lilies",
    "today show",
    "saturday night fever",
    "sunday best",
    "the weekend edition",
    "sapin de noël",
    "œufs de pâques",
    "árbol de navidad",
    "uova di pasqua",
    "ovo de páscoa",
    "sexta-feira santa",
    "vendredi saint",
    "Weihnachtsbaum",
    "the plumber said",
    "what the plumber said",
    "der Klempner hat gesagt",
    "was der Klempner sagte",
    "le plombier a dit",
    "el fontanero dijo",
    "invoice sent",
    "recipe from the bakery",
    "children's books",
    "men's shoes",
    "it's raining",
    "what's for dinner",
    "a price tag",
    "dog tags",
    "mit dem Tag begann",
    "guten Tag",
    "private beach",
};

TEST(HintTable, WhatOnlyLooksLikeThemIsLookedFor) {
    for (const std::string_view query : kNoHints) {
        const ParsedQuery typed = heeding(query);
        EXPECT_EQ(hints_of(typed), "") << query;
        EXPECT_EQ(index_query({}, typed, {}, {}).text, query);
    }
}

}  // namespace
}  // namespace engram::memory
