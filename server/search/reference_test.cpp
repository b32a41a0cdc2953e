// The index against the formula, written down plainly, and against itself built afresh.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "search/index_fixture.hpp"
#include "search/live_index.hpp"
#include "search/owner_index.hpp"
#include "search/word_break.hpp"

namespace engram::search {
namespace {

using Words = std::vector<std::string>;

Words split(const std::string& text) {
    std::istringstream in(text);
    Words words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

// All texts of up to `longest` words of the alphabet.
std::vector<std::string> all_texts(const Words& alphabet, int longest) {
    std::vector<std::string> texts = {""};
    for (std::size_t first = 0; longest > 0; --longest) {
        const std::size_t last = texts.size();
        for (; first < last; ++first)
            for (const std::string& word : alphabet)
                texts.push_back(texts[first].empty() ? word : texts[first] + ' ' + word);
    }
    return texts;
}

// BM25 by the book: number of the text → score, for those that hold a word.
std::map<std::uint32_t, double> score_plainly(const std::vector<std::string>& texts, const std::string& query) {
    double length_sum = 0;
    for (const auto& text : texts) length_sum += static_cast<double>(split(text).size());
    const double count = static_cast<double>(texts.size()), average = std::max(length_sum / count, 1.0);
    const Words asked = split(query);
    std::map<std::uint32_t, double> scores;
    if (asked.empty()) {  // nothing is asked for: everything
        for (std::uint32_t i = 0; i < texts.size(); ++i) scores[i] = 1;
        return scores;
    }
    double ideal = 0;
    for (const std::string& word : std::set<std::string>(asked.begin(), asked.end())) {
        double holding = 0;
        std::map<std::uint32_t, double> parts;
        for (std::uint32_t i = 0; i < texts.size(); ++i) {
            const Words words = split(texts[i]);
            const auto times = static_cast<double>(std::count(words.begin(), words.end(), word));
            if (times == 0) continue;
            ++holding;
            const double share = kLengthShare, norm = 1 - share + share * static_cast<double>(words.size()) / average;
            parts[i] = times * (double{kSaturation} + 1) / (times + double{kSaturation} * norm);
        }
        const double weight = std::log(1 + (count - holding + 0.5) / (holding + 0.5));
        for (const auto& [text, part] : parts) scores[text] += weight * part;
        ideal += weight * (double{kSaturation} + 1);
    }
    for (auto& [text, score] : scores) score /= ideal;
    return scores;
}

void apply(OwnerIndex& index, const ports::IndexChange& change) {
    std::vector<Token> tokens;
    break_words(change.text, tokens);
    index.apply(change, tokens);
    index.mark_applied(change.revision);
}

ports::IndexAnswer ask(const OwnerIndex& index, const std::string& text) {
    ports::IndexQuery query;
    query.text = text;
    query.limit = 100;
    return index.search(query);
}

void expect_plain_scores(const std::vector<std::string>& texts, const std::vector<std::string>& queries) {
    OwnerIndex index(std::pmr::get_default_resource());
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
        ports::IndexChange change;
        change.id = id_of(i);
        change.revision = i + 1;
        change.text = texts[i];
        change.created_at = day(static_cast<int>(i % 3));
        apply(index, change);
    }
    for (const std::string& query : queries) {
        const auto expected = score_plainly(texts, query);
        const auto answer = ask(index, query);
        ASSERT_EQ(answer.total, static_cast<std::int64_t>(expected.size())) << query;
        ASSERT_EQ(answer.hits.size(), expected.size()) << query;
        for (std::size_t i = 0; i < answer.hits.size(); ++i) {
            const auto& hit = answer.hits[i];
            ASSERT_NEAR(hit.score, expected.at(number_of(hit.id)), 1e-5) << query;
            if (i == 0 || query.empty()) continue;
            const auto& above = answer.hits[i - 1];
            ASSERT_GE(above.score, hit.score);
            if (above.score != hit.score) continue;
            ASSERT_GE(above.created_at, hit.created_at);
            ASSERT_TRUE(above.created_at > hit.created_at || above.id < hit.id);
        }
    }
}

const Words kAlphabet = {"tea", "cup", "sun"};

TEST(Reference, EveryShortQueryOverAllShortTextsTogether) {
    expect_plain_scores(all_texts(kAlphabet, 3), all_texts(kAlphabet, 3));
}

TEST(Reference, EveryShortQueryOverEveryPairOfShortTexts) {
    const auto texts = all_texts(kAlphabet, 3), queries = all_texts(kAlphabet, 2);
    for (const auto& left : texts)
        for (const auto& right : texts) expect_plain_scores({left, right}, queries);
}

class Changes {
public:
    explicit Changes(std::uint32_t seed) : engine_(seed) {}

    ports::IndexChange next() {
        ports::IndexChange change;
        const std::uint32_t number = engine_() % 150;
        change.id = id_of(number);
        change.revision = ++revision_;
        change.deleted = engine_() % 4 == 0;
        if (!change.deleted) {
            change.created_at = day(static_cast<int>(engine_() % 5));
            change.language = engine_() % 5 == 0 ? "de" : "en";
            change.category = engine_() % 2 == 0 ? "a" : "b";
            change.text = text(engine_() % 30);
        }
        return change;
    }

    std::string text(std::size_t words) {
        static const Words stems = {"walk", "house", "sing", "book", "die", "the", "machen", "lauf", "kind", "猫"};
        static const Words ends = {"", "", "s", "ing", "en", "ed"};
        std::string out;
        for (std::size_t i = 0; i < words; ++i) out += stems[engine_() % stems.size()] + ends[engine_() % 6] + ' ';
        return out;
    }

private:
    std::mt19937 engine_;
    std::int64_t revision_ = 0;
};

// Whether the words stand in the text side by side.
bool has_phrase(const Words& text, const Words& phrase) {
    return std::search(text.begin(), text.end(), phrase.begin(), phrase.end()) != text.end();
}

TEST(Reference, EveryShortPhraseAndExclusionOverAllShortTexts) {
    const auto texts = all_texts(kAlphabet, 3);
    OwnerIndex index(std::pmr::get_default_resource());
    for (std::uint32_t i = 0; i < texts.size(); ++i) apply(index, change_of(i, i + 1, texts[i]));
    for (const std::string& phrase : texts) {
        for (const std::string& excluded : texts) {
            if (phrase.empty() || excluded.empty()) continue;
            ports::IndexQuery query;
            query.limit = 100;
            query.phrases = {phrase};
            query.excluded = {excluded};
            std::set<std::uint32_t> expected;
            for (std::uint32_t i = 0; i < texts.size(); ++i) {
                const Words words = split(texts[i]);
                if (has_phrase(words, split(phrase)) && !has_phrase(words, split(excluded))) expected.insert(i);
            }
            const auto numbers = numbers_of(index.search(query));
            ASSERT_EQ(std::set(numbers.begin(), numbers.end()), expected) << phrase << " - " << excluded;
        }
    }
}

void expect_equal(const ports::IndexAnswer& left, const ports::IndexAnswer& right) {
    ASSERT_EQ(left.total, right.total);
    ASSERT_EQ(left.words, right.words);
    ASSERT_EQ(numbers_of(left), numbers_of(right));
    for (std::size_t i = 0; i < left.hits.size(); ++i) {
        ASSERT_EQ(left.hits[i].score, right.hits[i].score);
        ASSERT_EQ(left.hits[i].created_at, right.hits[i].created_at);
    }
}

void run_changes(std::uint32_t seed) {
    Changes changes(seed);
    OwnerIndex folded(std::pmr::get_default_resource());
    std::map<base::Uuid, ports::IndexChange> state;
    for (int round = 0; round < 12; ++round) {
        for (int i = 0; i < 60; ++i) {
            const auto change = changes.next();
            apply(folded, change);
            if (change.deleted) {
                state.erase(change.id);
            } else {
                state[change.id] = change;
            }
        }
        OwnerIndex fresh(std::pmr::get_default_resource());
        std::int64_t revision = 0;
        for (auto [id, change] : state) {
            change.revision = ++revision;
            apply(fresh, change);
        }
        ASSERT_EQ(folded.entry_count(), state.size());
        for (std::size_t i = 0; i < 30; ++i) {
            const std::string query = changes.text(1 + i % 4);
            SCOPED_TRACE(query);
            ASSERT_NO_FATAL_FAILURE(expect_equal(ask(folded, query), ask(fresh, query)));
        }
    }
}

TEST(Reference, AFoldedIndexEqualsOneBuiltAfresh) {
    const auto seed = std::random_device{}();
    for (std::uint32_t i = 0; i < 10; ++i) {
        SCOPED_TRACE("seed " + std::to_string(seed + i));
        ASSERT_NO_FATAL_FAILURE(run_changes(seed + i));
    }
}

// Small folds, so that the copy of the live entries is in the making while they go on.
TEST(Reference, AnIndexThatLeavesTheDeadBehindEqualsOneBuiltAfresh) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Changes changes(seed);
    std::mt19937 engine(seed);
    FakeFeed feed;
    LiveIndex live(std::pmr::get_default_resource());
    std::size_t shrunk = 0, bytes = 0;
    for (int round = 0; round < 1'500; ++round) {
        for (std::uint32_t i = 0; i < 1 + engine() % 3; ++i) feed.put(changes.next());
        const ports::IndexQuery query = query_for(changes.text(1 + engine() % 4));
        const auto answer = live.search(1, feed.revision(), feed.feed(), query);
        shrunk += live.bytes() < bytes ? 1U : 0U;
        bytes = live.bytes();
        if (round % 10 != 0) continue;
        LiveIndex fresh(std::pmr::get_default_resource());
        ASSERT_NO_FATAL_FAILURE(expect_equal(answer, fresh.search(1, feed.revision(), feed.feed(), query)));
        const auto list = [&](LiveIndex& index) {
            std::vector<std::uint32_t> numbers;
            index.ask(1, feed.revision(), feed.feed(), [&](const OwnerIndex& now) {
                for (const auto& hit : now.list({}, {}, 1'000, 0).hits) numbers.push_back(number_of(hit.id));
            });
            return numbers;
        };
        ASSERT_EQ(list(live), list(fresh));
    }
    EXPECT_GT(shrunk, 3U);
}

}  // namespace
}  // namespace engram::search
