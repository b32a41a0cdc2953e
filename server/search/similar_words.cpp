#include "search/similar_words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kSimilarMax = 5;

// Damerau found one letter wrong in four of five misspelled words; short words have too many neighbours for two.
int distance_for(std::string_view folded) {
    const std::size_t length = base::count_code_points(folded);
    if (length < 4 || std::any_of(folded.begin(), folded.end(), is_digit)) return 0;
    return length < 8 ? 1 : 2;
}

}  // namespace

std::vector<SimilarWord> find_similar(const Vocabulary& vocabulary, std::string_view folded) {
    std::vector<SimilarWord> words;
    const int most = distance_for(folded);
    if (most == 0) return words;
    const auto text = [&](const SimilarWord& word) { return vocabulary.lexicon().text(word.spelling); };
    vocabulary.lexicon().tell_similar(folded, most, [&](Spelling spelling, int distance) {
        SimilarWord word{.distance = distance, .spelling = spelling, .terms = {}};
        vocabulary.append_live_terms(spelling, word.terms);
        if (word.terms.empty()) return;
        sort_unique(word.terms);
        for (const Term term : word.terms) word.entries += vocabulary.live_count(term);
        word.other_front = text(word).front() != folded.front();
        words.push_back(std::move(word));
    });
    std::sort(words.begin(), words.end(), [&](const SimilarWord& left, const SimilarWord& right) {
        if (left.distance != right.distance) return left.distance < right.distance;
        if (left.other_front != right.other_front) return right.other_front;
        if (left.entries != right.entries) return left.entries > right.entries;
        return text(left) < text(right);
    });
    const auto is_further = [&](const SimilarWord& word) {
        return word.distance != words.front().distance || word.other_front != words.front().other_front;
    };
    words.erase(std::find_if(words.begin(), words.end(), is_further), words.end());
    if (words.size() > kSimilarMax) words.resize(kSimilarMax);
    return words;
}

}  // namespace engram::search
