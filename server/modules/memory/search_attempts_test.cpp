#include "modules/memory/search_attempts.hpp"

#include <gtest/gtest.h>

namespace engram::memory {
namespace {

using ports::IndexMatch;
using Texts = std::vector<std::string>;

Wall wall() { return {base::parse_rfc3339("2024-03-31T12:00:00Z").value(), base::TimeZone()}; }
ParsedQuery parse(std::string_view query) { return parse_query(query, wall); }

// What each attempt asks for.
Texts asked(std::string_view query) {
    const ParsedQuery typed = parse(query);
    Texts all;
    for (const Attempt& attempt : attempts_of(typed)) {
        const ports::IndexQuery wanted = index_query({}, typed, attempt, {});
        std::string text = wanted.text;
        for (const std::string& phrase : wanted.phrases) text += " =" + phrase;
        for (const std::string& excluded : wanted.excluded) text += " -" + excluded;
        for (const std::string& mark : wanted.filter.marks) text += " +" + mark;
        all.push_back(text);
    }
    return all;
}

TEST(SearchAttempts, GiveUpPhrasesThenOperators) {
    EXPECT_EQ(asked("boiler room"), Texts{"boiler room"});
    EXPECT_EQ(asked("tag:x"), Texts{" +tagged:x"}) << "without it everything would be found";
    EXPECT_EQ(asked("-oil tag:x"), Texts{" -oil +tagged:x"});
    EXPECT_EQ(asked("boiler -oil tag:x"), (Texts{"boiler -oil +tagged:x", "boiler -oil"}));
    EXPECT_EQ(asked("\"oil tank\" room"), (Texts{"room =oil tank", "oil tank room"}));
    EXPECT_EQ(asked("\"oil tank\" tag:x"),
              (Texts{" =oil tank +tagged:x", "oil tank  +tagged:x", " =oil tank", "oil tank "}));
}

TEST(SearchAttempts, SayWhatTheyGiveUp) {
    const ParsedQuery typed = parse("\"oil tank\" tag:x before:2020");
    EXPECT_TRUE(given_up(typed, {}).empty());
    const auto dropped = given_up(typed, {.phrases_as_words = true, .without_operators = true});
    ASSERT_EQ(dropped.size(), 3u);
    EXPECT_EQ(dropped[0].text, "\"oil tank\"");
    EXPECT_EQ(dropped[1].text, "tag:x");
    EXPECT_EQ(dropped[2].text, "before:2020-01-01");
    EXPECT_FALSE(dropped[2].reason.empty());
}

TEST(SearchAttempts, TheFiltersOfTheApiHoldInEach) {
    const ParsedQuery typed = parse("boiler tag:x after:2020 before:2024");
    const SearchQuery query{.query = {},
                            .source = "web",
                            .tags = {"House"},
                            .date_from = base::parse_rfc3339("2022-01-01T00:00:00Z"),
                            .date_to = base::parse_rfc3339("2025-01-01T00:00:00Z"),
                            .typing = true,
                            .limit = 7,
                            .offset = 3};
    const auto all = index_query(query, typed, {}, {{"a", "b"}});
    EXPECT_EQ(all.filter.marks, (Texts{"tag:House", "tagged:x"}));
    EXPECT_EQ(base::format_rfc3339(*all.filter.from).substr(0, 4), "2022") << "the narrower holds";
    EXPECT_EQ(base::format_rfc3339(*all.filter.to).substr(0, 4), "2024");
    EXPECT_EQ(std::pair(all.limit, all.offset), std::pair(7, 3));
    EXPECT_EQ(all.synonyms.size(), 1u);
    EXPECT_FALSE(all.typing) << "the last word is not of the text";
    const auto less = index_query(query, typed, {.without_operators = true}, {});
    EXPECT_EQ(less.filter.source, "web");
    EXPECT_EQ(less.filter.marks, Texts{"tag:House"});
    EXPECT_EQ(base::format_rfc3339(*less.filter.to).substr(0, 4), "2025");
    EXPECT_TRUE(index_query(query, parse("boi"), {}, {}).typing);
}

ParsedQuery parse_heeding(std::string_view query) {
    ParsedQuery typed = parse(query);
    find_hints(typed, wall);
    return typed;
}

TEST(SearchAttempts, HintsAreWordsUnlessTheyAreHeeded) {
    const ParsedQuery typed = parse("dentist last week");
    EXPECT_EQ(index_query({}, typed, {}, {}).text, "dentist last week");
    EXPECT_TRUE(index_query({}, typed, {}, {}).hints.empty());
    const auto heeded = index_query({}, parse_heeding("dentist last week"), {}, {});
    EXPECT_EQ(heeded.text, "dentist ");
    ASSERT_EQ(heeded.hints.size(), 1u);
    ASSERT_EQ(heeded.hints[0].spans.size(), 2u) << "the week, and roughly the week";
    EXPECT_EQ(base::format_rfc3339(*heeded.hints[0].spans[0].from).substr(0, 10), "2024-03-18");
    EXPECT_EQ(base::format_rfc3339(*heeded.hints[0].spans[0].to).substr(0, 10), "2024-03-25");
    EXPECT_LT(heeded.hints[0].spans[1].share, heeded.hints[0].spans[0].share);
    EXPECT_EQ(index_query({}, parse_heeding("dentist in March 2023"), {}, {}).text, "dentist in March 2023")
        << "a text may say so itself";
    EXPECT_GT(index_query({}, parse_heeding("dentist in March"), {}, {}).hints.at(0).spans.size(), 2u)
        << "perhaps in that of another year";
    EXPECT_EQ(index_query({}, parse_heeding("what did Anna say"), {}, {}).hints.at(0).marks, Texts{"from:anna"});
}

TEST(SearchAttempts, TheWeeksBeforeAHolidayCountLikeAMargin) {
    const auto christmas = index_query({}, parse_heeding("christmas presents 2022"), {}, {});
    ASSERT_EQ(christmas.hints.size(), 1u);
    ASSERT_EQ(christmas.hints[0].spans.size(), 2u);
    EXPECT_EQ(base::format_rfc3339(*christmas.hints[0].spans[1].from).substr(0, 10), "2022-11-26");
    EXPECT_EQ(base::format_rfc3339(*christmas.hints[0].spans[1].to).substr(0, 10), "2022-12-28");
    EXPECT_LT(christmas.hints[0].spans[1].share, christmas.hints[0].spans[0].share);
}

TEST(SearchAttempts, DaysOfWhichEitherIsMeantAreOneHint) {
    const auto either = index_query({}, parse_heeding("boiler in 2022 or 2023"), {}, {});
    ASSERT_EQ(either.hints.size(), 1u);
    EXPECT_EQ(either.hints[0].spans.size(), 4u) << "each, and each with its margins";
    EXPECT_EQ(index_query({}, parse_heeding("summer 2022 with Tom in 2023"), {}, {}).hints.size(), 2u);
}

TEST(SearchAttempts, OfTwoWordsTheFirstMayBeTheTag) {
    const auto query = index_query({}, parse_heeding("with the tag spare parts"), {}, {});
    EXPECT_EQ(query.hints.at(0).marks, (Texts{"tagged:spare parts", "tagged:spare"}));
}

TEST(SearchAttempts, WordsOfHintsAreLookedForWhereNothingIsFoundWithoutThem) {
    const ParsedQuery typed = parse_heeding("dentist last week");
    const auto attempts = attempts_of(typed);
    ASSERT_EQ(attempts.size(), 2u);
    EXPECT_EQ(index_query({}, typed, attempts[1], {}).text, "dentist last week");
    EXPECT_EQ(attempts_of(parse_heeding("dentist in March")).size(), 1u) << "they are looked for already";
    const ParsedQuery days = parse_heeding("in March");
    EXPECT_EQ(index_query({}, days, attempts_of(days).at(1), {}).text, "") << "what is of these days";
}

TEST(SearchAttempts, WhereNothingIsSaidButDaysNoWordIsLookedFor) {
    for (const std::string_view query : {"last week", "what did I do last week?", "was habe ich gestern gemacht",
                                         "qu'ai-je fait hier", "qué hice ayer", "my private notes from last week"}) {
        const ParsedQuery typed = parse_heeding(query);
        EXPECT_TRUE(typed.only_hints) << query;
        EXPECT_EQ(attempts_of(typed).size(), 1u) << query;
        EXPECT_EQ(index_query({}, typed, attempts_of(typed).at(0), {}).text, "") << query;
    }
    for (const std::string_view query : {"dentist last week", "in March", "what did Anna say last week",
                                         "tagged garden", "last week \"oil tank\"", "what did I do"})
        EXPECT_FALSE(parse_heeding(query).only_hints) << query;
    const ParsedQuery tagged = parse_heeding("yesterday tag:x");
    ASSERT_EQ(attempts_of(tagged).size(), 2u);
    EXPECT_EQ(index_query({}, tagged, attempts_of(tagged).at(1), {}).text, "");
}

TEST(SearchAttempts, WhoHasSaidNothingIsNoHint) {
    ParsedQuery typed = parse_heeding("Paris said, Anna said, tagged garden, last week");
    ASSERT_EQ(typed.hints.size(), 4u);
    forget_unknown(typed.hints, {"from:anna"});
    ASSERT_EQ(typed.hints.size(), 2u);
    EXPECT_EQ(typed.hints[0].means, "from:Anna");
    EXPECT_EQ(typed.hints[1].kind, "date");
    ParsedQuery june = parse_heeding("message from June");
    EXPECT_EQ(index_query({}, june, {}, {}).hints.at(0).marks, Texts{"from:june"});
    EXPECT_FALSE(index_query({}, june, {}, {}).hints.at(0).spans.empty()) << "or from that month";
    EXPECT_EQ(june.hints.at(0).means, "from:June");
    forget_unknown(june.hints, {});
    EXPECT_EQ(june.hints.at(0).means, "2023-06-01..2023-06-30");
}

TEST(SearchAttempts, TellWhatBecameOfEachWord) {
    const ParsedQuery typed = parse("the bolier roo xyzzy \"oil tank\" -cold tag:x is:open");
    const Interpreted told = interpretation(typed, {},
                                            {{"the", IndexMatch::kExact, {}},
                                             {"bolier", IndexMatch::kSimilar, {"boiler", "broiler"}},
                                             {"roo", IndexMatch::kBeginning, {"room", "root"}},
                                             {"xyzzy", IndexMatch::kNothing, {}}},
                                            {.typing = true});
    EXPECT_EQ(told.mode, "keyword");
    EXPECT_EQ(told.words, (Texts{"the", "boiler", "broiler", "roo"}));
    EXPECT_EQ(told.corrected, (Interpreted::WordsByTyped{{"bolier", {"boiler", "broiler"}}}));
    EXPECT_EQ(told.completed, (Interpreted::WordsByTyped{{"roo", {"room", "root"}}}));
    EXPECT_EQ(told.phrases, Texts{"oil tank"});
    EXPECT_EQ(told.excluded, Texts{"cold"});
    EXPECT_EQ(told.filters, Texts{"tag:x"});
    ASSERT_EQ(told.dropped.size(), 2u);
    EXPECT_EQ(told.dropped[0].text, "is:open");
    EXPECT_EQ(told.dropped[1].text, "xyzzy");
    EXPECT_EQ(told.dropped[1].reason, "No memory has this word, nor anything like it.");
    const Interpreted less = interpretation(typed, {.phrases_as_words = true, .without_operators = true}, {});
    EXPECT_TRUE(less.phrases.empty() && less.filters.empty());
    EXPECT_EQ(less.excluded, Texts{"cold"});
}

TEST(SearchAttempts, AFinishedWordIsNotSaidToGoOn) {
    const Interpreted told = interpretation(parse("wo"), {}, {{"wo", IndexMatch::kBeginning, {"wood", "work"}}});
    EXPECT_TRUE(told.completed.empty());
    EXPECT_EQ(told.corrected, (Interpreted::WordsByTyped{{"wo", {"wood", "work"}}}));
    EXPECT_EQ(told.words, (Texts{"wood", "work"}));
}

TEST(SearchAttempts, AWordThatNoMemoryHasIsToldByMeaningToo) {
    const Interpreted told = interpretation(parse("colour tractor"), {},
                                            {{"colour", IndexMatch::kExact, {}}, {"tractor", IndexMatch::kNothing, {}}},
                                            {.by_meaning = true});
    EXPECT_EQ(told.words, Texts{"colour"});
    ASSERT_EQ(told.dropped.size(), 1u);
    EXPECT_EQ(told.dropped[0].text, "tractor");
    EXPECT_EQ(told.dropped[0].reason, "No memory has this word: only its meaning counts.");
}

TEST(SearchAttempts, TellHints) {
    const Interpreted told = interpretation(parse_heeding("boiler last summer"), {.without_operators = true}, {});
    EXPECT_EQ(told.hints, (std::vector<Hint>{{"last summer", "date", "2023-06-01..2023-08-31"}}));
    EXPECT_TRUE(interpretation(parse_heeding("boiler \"last summer\""), {}, {}).hints.empty());
}

TEST(SearchAttempts, FacetsAreClassesSourcesAndTheMostFrequentTags) {
    ports::IndexAnswer answer{.categories = {{"general", 3}}, .sources = {{"web", 2}, {"cli", 1}}, .marks = {}};
    answer.marks = {{"from:anna", 9}, {"tag:Tea", 8}, {"tagged:tea", 8}, {"pinned", 1}};
    for (int i = 0; i < 60; ++i) answer.marks.emplace_back("tag:" + std::to_string(i), 1);
    const Facets facets = facets_of(answer);
    EXPECT_EQ(facets.at("classification"), (std::map<std::string, std::int64_t>{{"general", 3}}));
    EXPECT_EQ(facets.at("source").at("web"), 2);
    EXPECT_EQ(facets.at("tag").size(), 50u);
    EXPECT_EQ(facets.at("tag").at("Tea"), 8);
}

}  // namespace
}  // namespace engram::memory
