#include "modules/memory/query_language.hpp"

#include <gtest/gtest.h>

namespace engram::memory {
namespace {

using Texts = std::vector<std::string>;

// The last second of 2024-03-31 in UTC, when it is April in Berlin.
Wall utc() { return {base::parse_rfc3339("2024-03-31T23:59:59Z").value(), base::TimeZone()}; }
Wall berlin() { return {utc().now, base::TimeZone::find("Europe/Berlin").value()}; }

ParsedQuery parse(std::string_view query, const AskWall& ask_wall = utc) { return parse_query(query, ask_wall); }

std::string text_of(std::string_view query) { return parse(query).text; }

// Everything but the plain words, a word each.
std::string operators_of(std::string_view query, const AskWall& ask_wall = utc) {
    const ParsedQuery parsed = parse(query, ask_wall);
    std::string all;
    const auto add = [&](std::string_view kind, const Texts& texts) {
        for (const std::string& text : texts) (all += all.empty() ? "" : " ").append(kind).append(text);
    };
    add("=", parsed.phrases);
    add("-", parsed.excluded);
    add("+", parsed.filter.marks);
    add("!", parsed.filter.without);
    if (parsed.filter.from) add(">=", {base::format_rfc3339(*parsed.filter.from).substr(0, 16)});
    if (parsed.filter.to) add("<", {base::format_rfc3339(*parsed.filter.to).substr(0, 16)});
    for (const Dropped& dropped : parsed.not_understood) add("?", {dropped.text});
    return all;
}

TEST(QueryLanguage, PlainWordsStayAsTheyAre) {
    for (const std::string_view text :
         {"boiler room", "what's the Wi-Fi password?", "salt - pepper", "x -> y", "git --force", "10:30", "note:this",
          "https://x.org/a?b=c", "#garden", "@anna", "tag", "hash: is", "well-known e-mail", "12\" pan", "日本 語",
          "🧀", "has: pinned", "before: dinner"}) {
        EXPECT_EQ(text_of(text), text);
        EXPECT_EQ(operators_of(text), "") << text;
    }
    EXPECT_EQ(text_of("  boiler \u00a0\t\u3000room "), "boiler room");
    EXPECT_EQ(text_of(""), "");
    for (const std::string_view text : {" ", "- -", "?!", "\"\"", "-", "-\"...\""})
        EXPECT_TRUE(parse(text).asks_for_nothing()) << text;
    EXPECT_EQ(text_of("tag:tea ?"), "");
}

TEST(QueryLanguage, QuotesMakePhrases) {
    EXPECT_EQ(operators_of("\"oil tank\""), "=oil tank");
    EXPECT_EQ(operators_of("“oil tank”"), "=oil tank");
    EXPECT_EQ(operators_of("„oil tank“"), "=oil tank");
    EXPECT_EQ(operators_of("„oil tank\""), "=oil tank");
    EXPECT_EQ(operators_of("«oil tank»"), "=oil tank");
    EXPECT_EQ(operators_of("»oil tank«"), "=oil tank");
    EXPECT_EQ(operators_of("\"one\" \"two\"three"), "=one =two");
    EXPECT_EQ(operators_of("\"tag:garden -x\""), "=tag:garden -x");
    EXPECT_EQ(text_of("\"one\" \"two\"three"), "three");
    EXPECT_EQ(text_of("\"\" a"), "a");
    EXPECT_EQ(text_of("\"oil tank"), "\"oil tank") << "an unbalanced quote is none";
    EXPECT_EQ(operators_of("\"oil tank"), "");
    EXPECT_EQ(operators_of("“a «b c» d"), "=b c");
}

TEST(QueryLanguage, AMinusLeavesOut) {
    EXPECT_EQ(operators_of("boiler -oil"), "-oil");
    EXPECT_EQ(operators_of("\u2212oil"), "-oil");
    EXPECT_EQ(operators_of("-\"oil tank\""), "-oil tank");
    EXPECT_EQ(operators_of("-“oil tank”"), "-oil tank");
    EXPECT_EQ(operators_of("-tag:work"), "!tagged:work");
    EXPECT_EQ(operators_of("-has:link -is:pinned -from:Anna"), "!has:link !pinned !from:anna");
    EXPECT_EQ(text_of("boiler -oil room"), "boiler room");
}

TEST(QueryLanguage, OperatorsNameTagsAndPeople) {
    EXPECT_EQ(operators_of("tag:Garden"), "+tagged:garden");
    EXPECT_EQ(operators_of("TAG:#garden, x"), "+tagged:garden");
    EXPECT_EQ(operators_of("tag:\"Two  Words\""), "+tagged:two words");
    EXPECT_EQ(operators_of("tag:„zwei Wörter“"), "+tagged:zwei worter");
    EXPECT_EQ(operators_of("tag: garden"), "+tagged:garden");
    EXPECT_EQ(operators_of("tag：garden"), "+tagged:garden");
    EXPECT_EQ(operators_of("from:ÖMER"), "+from:omer");
    EXPECT_EQ(operators_of("from:@anna"), "+from:anna");
    EXPECT_EQ(operators_of("from:\"Anna Kaya\""), "+from:anna kaya");
    EXPECT_EQ(parse("from:\"Anna Kaya\" -tag:Work").filters, (Texts{"from:\"Anna Kaya\"", "-tag:Work"}));
}

TEST(QueryLanguage, OperatorsNameWhatAMemoryHasAndIs) {
    EXPECT_EQ(operators_of("has:link has:Photo has:tags is:PINNED"), "+has:link +has:attachment +has:tag +pinned");
    EXPECT_EQ(parse("has:file").filters, Texts{"has:attachment"});
}

TEST(QueryLanguage, DaysCountFromTheirBeginning) {
    EXPECT_EQ(operators_of("after:2024"), ">=2024-01-01T00:00");
    EXPECT_EQ(operators_of("before:2024"), "<2024-01-01T00:00");
    EXPECT_EQ(operators_of("on:2024-02"), ">=2024-02-01T00:00 <2024-03-01T00:00");
    EXPECT_EQ(operators_of("during: 2023"), ">=2023-01-01T00:00 <2024-01-01T00:00");
    EXPECT_EQ(operators_of("after:7d"), ">=2024-03-24T00:00");
    EXPECT_EQ(operators_of("after:2020 after:2022 after:2021"), ">=2022-01-01T00:00") << "the narrower holds";
    EXPECT_EQ(operators_of("before:2020 before:2022"), "<2020-01-01T00:00");
    EXPECT_EQ(operators_of("-after:2024"), "<2024-01-01T00:00");
    EXPECT_EQ(operators_of("-before:2024"), ">=2024-01-01T00:00");
    EXPECT_EQ(parse("on:today").filters, (Texts{"after:2024-03-31", "before:2024-04-01"}));
}

TEST(QueryLanguage, DaysAreThoseOfThePersonsZone) {
    EXPECT_EQ(operators_of("on:today", berlin), ">=2024-03-31T22:00 <2024-04-01T22:00");
    EXPECT_EQ(operators_of("after:2024", berlin), ">=2023-12-31T23:00");
    int asked = 0;
    const AskWall counting = [&] { return ++asked, utc(); };
    parse("boiler tag:x", counting);
    EXPECT_EQ(asked, 0);
    parse("after:2020 before:2024 on:2022", counting);
    EXPECT_EQ(asked, 1);
}

// "text kind means" of each hint.
Texts hints_of(std::string_view query, const AskWall& ask_wall = utc) {
    Texts all;
    ParsedQuery parsed = parse(query, ask_wall);
    find_hints(parsed, ask_wall);
    for (const QueryHint& hint : parsed.hints) {
        all.push_back(hint.text + " " + std::string(hint.kind) + " " + hint.means);
        EXPECT_EQ(parsed.text.substr(hint.begin, hint.end - hint.begin), hint.text);
    }
    return all;
}

TEST(QueryLanguage, PlainWordsMayHint) {
    EXPECT_EQ(hints_of("boiler last  summer tag:x what did Anna say"),
              (Texts{"last summer date 2023-06-01..2023-08-31", "Anna person from:Anna"}));
    EXPECT_EQ(hints_of("yesterday"), Texts{"yesterday date 2024-03-30"});
    EXPECT_EQ(hints_of("yesterday", berlin), Texts{"yesterday date 2024-03-31"});
    EXPECT_EQ(text_of("boiler last summer"), "boiler last summer") << "the words stay";
    EXPECT_EQ(operators_of("boiler last summer"), "") << "no filter";
}

TEST(QueryLanguage, QuotesUndoHints) {
    for (const std::string_view query : {"\"last summer\"", "\"last\" summer", "last \"summer\"", "„in March“ boiler",
                                         "-\"last week\"", "last -x summer", "last tag:x summer", "two weeks \"ago\""})
        EXPECT_EQ(hints_of(query), Texts{}) << query;
    EXPECT_EQ(hints_of("\"last summer\" in 2022"), Texts{"in 2022 date 2022-01-01..2022-12-31"});
}

TEST(QueryLanguage, TheWallIsAskedOnceAndOnlyForDays) {
    int asked = 0;
    const AskWall counting = [&] { return ++asked, utc(); };
    hints_of("boiler room, private notes and what Anna said in room 2024", counting);
    EXPECT_EQ(asked, 0);
    hints_of("yesterday \"x\" last week two years ago", counting);
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(parse("yesterday", counting).hints.empty()) << "for who does not heed them they are not looked for";
    EXPECT_EQ(asked, 1);
}

TEST(QueryLanguage, WhatIsNotUnderstoodIsToldAndLeftOut) {
    for (const std::string_view text : {"before:soon", "has:elephants", "is:open", "-on:2024", "tag:", "tag:\"\"",
                                        "tag:#", "after:2024-02-30", "from:\"  \""}) {
        const ParsedQuery parsed = parse("boiler " + std::string(text));
        EXPECT_EQ(parsed.text, "boiler") << text;
        ASSERT_EQ(parsed.not_understood.size(), 1u) << text;
        EXPECT_EQ(parsed.not_understood[0].text, text);
        EXPECT_TRUE(parsed.not_understood[0].reason.ends_with('.')) << parsed.not_understood[0].reason;
        EXPECT_TRUE(parsed.filters.empty()) << text;
    }
}

TEST(QueryLanguage, TheLastWordMayGoOn) {
    EXPECT_TRUE(parse("oil boi").open_end);
    EXPECT_TRUE(parse("\"oil boi").open_end);
    for (const std::string_view text : {"oil boi ", "oil -boi", "oil tag:boi", "oil \"boi\"", "oil before:soon", ""})
        EXPECT_FALSE(parse(text).open_end) << text;
}

TEST(QueryLanguage, ReadsFiveHundredCharacters) {
    const ParsedQuery parsed = parse(std::string(400, 'a') + " " + std::string(200, 'b'));
    EXPECT_EQ(parsed.text.size(), 500u);
}

}  // namespace
}  // namespace engram::memory
