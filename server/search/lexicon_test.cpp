#include "search/lexicon.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "search/similar.hpp"

namespace engram::search {
namespace {

std::string random_word(std::mt19937& engine, std::size_t longest) {
    static const std::vector<std::string> letters = {"a", "b", "c", "d", "é", "я"};
    std::string word;
    for (std::size_t i = 0, length = 1 + engine() % longest; i < length; ++i)
        word += letters[engine() % letters.size()];
    return word;
}

int distance_of(const std::string& left, const std::string& right, int most) {
    Characters a, b;
    read_characters(left, a);
    read_characters(right, b);
    return edit_distance(a, b, most);
}

// The recursion of the definition.
int plain_distance(const Characters& a, std::size_t i, const Characters& b, std::size_t j) {
    if (i == 0 || j == 0) return static_cast<int>(i + j);
    int least = std::min({plain_distance(a, i - 1, b, j) + 1, plain_distance(a, i, b, j - 1) + 1,
                          plain_distance(a, i - 1, b, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1)});
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        least = std::min(least, plain_distance(a, i - 2, b, j - 2) + 1);
    return least;
}

TEST(Similar, CountsTheLettersThatDiffer) {
    EXPECT_EQ(distance_of("garden", "garden", 2), 0);
    EXPECT_EQ(distance_of("garden", "gardne", 2), 1);
    EXPECT_EQ(distance_of("garden", "grden", 2), 1);
    EXPECT_EQ(distance_of("küche", "kuche", 2), 1);
    EXPECT_GT(distance_of("garden", "warned", 2), 2);
    EXPECT_GT(distance_of("a", "abcd", 2), 2);
    EXPECT_EQ(distance_of(std::string(200, 'a'), std::string(200, 'a') + 'b', 1), 0);
}

TEST(Similar, FollowsTheDefinition) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 engine(seed);
    for (int i = 0; i < 3'000; ++i) {
        const std::string left = random_word(engine, 6), right = random_word(engine, 6);
        Characters a, b;
        read_characters(left, a);
        read_characters(right, b);
        const int expected = plain_distance(a, a.size(), b, b.size());
        for (int most = 0; most <= 3; ++most) {
            const int distance = edit_distance(a, b, most);
            ASSERT_EQ(std::min(distance, most + 1), std::min(expected, most + 1)) << left << ' ' << right;
        }
    }
}

TEST(Lexicon, FindsWhatBeginsAndWhatLooksAlike) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 engine(seed);
    Lexicon lexicon(std::pmr::get_default_resource());
    std::set<std::string> words;
    for (int i = 0; i < 4'000; ++i) {
        const std::string word = random_word(engine, 9);
        EXPECT_EQ(lexicon.text(lexicon.intern(word)), word);
        words.insert(word);
    }
    EXPECT_EQ(lexicon.size(), words.size());
    for (int i = 0; i < 200; ++i) {
        const std::string asked = random_word(engine, 6);
        std::vector<std::string> beginning, expected_beginning;
        lexicon.tell_beginning_with(asked, [&](Spelling spelling) {
            beginning.emplace_back(lexicon.text(spelling));
            return true;
        });
        std::map<std::string, int> similar, expected_similar;
        lexicon.tell_similar(asked, 2, [&](Spelling spelling, int distance) {
            similar[std::string(lexicon.text(spelling))] = distance;
        });
        for (const std::string& word : words) {
            if (word.starts_with(asked)) expected_beginning.push_back(word);
            const int distance = distance_of(asked, word, 2);
            if (distance > 0 && distance <= 2) expected_similar[word] = distance;
        }
        ASSERT_EQ(beginning, expected_beginning) << asked;
        ASSERT_EQ(similar, expected_similar) << asked;
    }
}

}  // namespace
}  // namespace engram::search
