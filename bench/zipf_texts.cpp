#include "bench/zipf_texts.hpp"

#include <algorithm>
#include <string_view>

namespace engram::bench {

namespace {

constexpr std::size_t kVocabulary = 60'000;
constexpr int kWordsPerText = 50;

}  // namespace

ZipfTexts::ZipfTexts() : used_(kVocabulary) {
    double sum = 0;
    for (std::size_t rank = 0; rank < kVocabulary; ++rank) {
        words_.push_back(make_word());
        sum += 1 / (static_cast<double>(rank) + 10);  // flattened: the commonest word is in a third of the texts
        sums_.push_back(sum);
    }
}

std::string ZipfTexts::text() {
    std::string text;
    for (int i = 0; i < kWordsPerText; ++i) {
        const std::size_t rank = draw();
        used_[rank] = true;
        text += words_[rank] + (i % 12 == 11 ? ". " : " ");
    }
    return text;
}

std::string ZipfTexts::query(const Ranks& ranks, std::size_t words) {
    std::string query;
    std::vector<std::size_t> drawn;
    while (drawn.size() < words) {
        const std::size_t rank = ranks.begin + number(ranks.end - ranks.begin);
        if (!used_[rank] || std::ranges::find(drawn, rank) != drawn.end()) continue;
        query += (drawn.empty() ? "" : " ") + words_[rank];
        drawn.push_back(rank);
    }
    return query;
}

std::size_t ZipfTexts::number(std::size_t below) { return dice_() % below; }

std::size_t ZipfTexts::draw() {
    const double at = std::uniform_real_distribution<double>(0, sums_.back())(dice_);
    return static_cast<std::size_t>(std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
}

std::string ZipfTexts::make_word() {
    static constexpr std::string_view kConsonants = "bcdfghjklmnprstvz", kVowels = "aeiou";
    std::string word;
    for (std::size_t i = 0, syllables = 2 + number(2); i < syllables; ++i) {
        word += kConsonants[number(kConsonants.size())];
        word += kVowels[number(kVowels.size())];
    }
    return word + kConsonants[number(kConsonants.size())];
}

}  // namespace engram::bench
