#include "modules/memory/excerpt.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "modules/memory/text_cut.hpp"

namespace engram::memory {
namespace {

// Every place of `words` in `text`.
std::vector<ports::Highlight> spans_of(std::string_view text, const std::vector<std::string_view>& words) {
    std::vector<ports::Highlight> spans;
    for (const std::string_view word : words)
        for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size()))
            spans.push_back({at, at + word.size()});
    std::ranges::sort(spans, {}, &ports::Highlight::begin);
    return spans;
}

// The hits in brackets.
std::string shown(std::string_view text, const std::vector<std::string_view>& words) {
    std::string all;
    for (const HighlightPart& part : excerpt("content", text, spans_of(text, words)).parts)
        all += part.hit ? "[" + part.text + "]" : part.text;
    return all;
}

std::string filler(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += "lorem ";
    return text;
}

TEST(Excerpt, WithoutAWordItBeginsWhereItIsTold) {
    const std::string text = filler(100) + "The boiler smells of oil. " + filler(100);
    const auto shown_from = [&](std::size_t at) { return excerpt("content", text, {}, at).parts.at(0).text; };
    EXPECT_TRUE(shown_from(0).starts_with("lorem lorem"));
    EXPECT_TRUE(shown_from(600).starts_with("…The boiler smells of oil. lorem"));
    EXPECT_TRUE(shown_from(text.size()).ends_with("lorem ")) << "its end";
    EXPECT_EQ(excerpt("content", text, spans_of(text, {"smells"}), 1'000).parts.size(), 3U) << "words go before";
}

TEST(Excerpt, OfAShortTextIsAllOfIt) {
    EXPECT_EQ(shown("The boiler smells of oil", {"oil", "boiler"}), "The [boiler] smells of [oil]");
    EXPECT_EQ(shown("boiler", {"boiler"}), "[boiler]");
    EXPECT_EQ(shown("nothing", {}), "nothing");
    EXPECT_TRUE(excerpt("content", "", {}).parts.empty());
}

TEST(Excerpt, OfALongTextIsCutAtWords) {
    const std::string text = filler(100) + "the boiler " + filler(100);
    const std::string seen = shown(text, {"boiler"});
    EXPECT_TRUE(seen.starts_with("…lorem ")) << seen;
    EXPECT_TRUE(seen.ends_with("lorem…")) << seen;
    EXPECT_NE(seen.find("the [boiler] lorem"), std::string::npos) << seen;
    EXPECT_LE(seen.size(), kExcerptBytes + 10);
    EXPECT_TRUE(shown(text, {}).starts_with("lorem ")) << "nothing to show: its beginning";
}

TEST(Excerpt, ShowsWhereMostDifferentWordsStandTogether) {
    const std::string text =
        "oil oil oil oil " + filler(100) + "oil in the tank and boiler " + filler(100) + "boiler tank";
    const std::string seen = shown(text, {"oil", "boiler", "tank"});
    EXPECT_NE(seen.find("[oil] in the [tank] and [boiler]"), std::string::npos) << seen;
}

TEST(Excerpt, OfEquallyGoodPlacesShowsTheFirst) {
    const std::string text = filler(60) + "first boiler " + filler(100) + "second boiler " + filler(100);
    EXPECT_NE(shown(text, {"boiler"}).find("first [boiler]"), std::string::npos);
}

TEST(Excerpt, NearTheEndIsAsLongAsElsewhere) {
    const std::string text = filler(100) + "boiler";
    const std::string seen = shown(text, {"boiler"});
    EXPECT_TRUE(seen.ends_with("[boiler]")) << seen;
    EXPECT_GE(seen.size(), kExcerptBytes - 30);
}

TEST(Excerpt, OfAWordWithoutEndShowsTheWord) {
    const std::string word(1000, 'x');
    EXPECT_EQ(shown(word, {word}), "[" + word + "]");
    EXPECT_EQ(shown("a " + word, {"a"}).substr(0, 4), "[a] ");
}

TEST(Excerpt, NeverCutsACharacter) {
    for (const std::string_view unit :
         {"ü", "東", "🧀", "e\u0301", "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪", "ก็", "❤️"}) {
        std::string text;
        while (text.size() < 2000) text += unit;
        for (std::size_t shift = 0; shift < 8; ++shift) {
            std::string all(shift, 'x');
            all.append(text).append("boiler").append(text);
            std::string seen;
            for (const HighlightPart& part : excerpt("content", all, spans_of(all, {"boiler"})).parts)
                seen += part.text;
            EXPECT_TRUE(base::is_utf8(seen));
            std::string_view rest(seen);
            const std::string_view mark = "…";
            ASSERT_TRUE(rest.starts_with(mark) && rest.ends_with(mark));
            rest = rest.substr(mark.size(), rest.size() - 2 * mark.size());
            const std::size_t before = rest.find("boiler"), after = rest.size() - before - 6;
            EXPECT_EQ(before % unit.size(), 0u) << unit << shift;
            EXPECT_EQ(after % unit.size(), 0u) << unit << shift;
        }
    }
}

TEST(TextCut, IsBoundedWhereMarksHaveNoEnd) {
    std::string marks = "e";
    for (int i = 0; i < 10'000; ++i) marks += "\u0301";
    EXPECT_GE(character_start(marks, 10'001), 10'001u - 80);
    EXPECT_EQ(character_start(marks, 0), 0u);
    EXPECT_EQ(character_start(marks, marks.size()), marks.size());
    EXPECT_EQ(word_start("one two", 6), 4u);
    EXPECT_EQ(word_start("one two", 7), 4u);
}

}  // namespace
}  // namespace engram::memory
