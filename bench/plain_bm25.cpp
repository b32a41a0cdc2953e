#include "bench/plain_bm25.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>
#include <set>
#include <utility>

namespace engram::bench {

namespace {

// Those of Lucene's English, and what questions begin with.
const std::set<std::string_view> kStopWords{"a",    "an",    "and",  "are",  "as",   "at",    "be",   "but",   "by",
                                            "for",  "if",    "in",   "into", "is",   "it",    "no",   "not",   "of",
                                            "on",   "or",    "such", "that", "the",  "their", "then", "there", "these",
                                            "they", "this",  "to",   "was",  "will", "with",  "what", "when",  "where",
                                            "who",  "which", "why",  "how",  "did",  "do",    "does", "s"};

std::string stem_of(const std::string& word) {
    static const std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)> stemmer(sb_stemmer_new("english", "UTF_8"),
                                                                                   sb_stemmer_delete);
    const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
    const sb_symbol* stem = sb_stemmer_stem(stemmer.get(), bytes, static_cast<int>(word.size()));
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const unsigned char c = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
        if (c < 128 && std::isalnum(c) != 0) {
            word += static_cast<char>(std::tolower(c));
        } else if (!word.empty()) {
            if (!kStopWords.contains(word)) words.push_back(stem_of(word));
            word.clear();
        }
    }
    return words;
}

}  // namespace

void PlainBm25::add(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    for (const std::string& word : words) ++postings_[word][lengths_.size()];
    lengths_.push_back(static_cast<double>(words.size()));
    length_sum_ += lengths_.back();
}

std::vector<std::size_t> PlainBm25::search(std::string_view query, std::size_t limit) const {
    const auto count = static_cast<double>(lengths_.size());
    const auto& [saturation, length_share] = constants_;
    std::map<std::size_t, double> scores;
    for (const std::string& word : words_of(query)) {
        const auto found = postings_.find(word);
        if (found == postings_.end()) continue;
        const auto with = static_cast<double>(found->second.size());
        const double weight = std::log(1 + (count - with + 0.5) / (with + 0.5));
        for (const auto& [text, frequency] : found->second) {
            const double length = lengths_[text] * count / length_sum_;
            const double norm = saturation * (1 - length_share + length_share * length);
            scores[text] += weight * frequency * (saturation + 1) / (frequency + norm);
        }
    }
    std::vector<std::pair<double, std::size_t>> order;
    for (const auto& [text, score] : scores) order.emplace_back(score, text);
    std::ranges::sort(order, std::greater<>());
    std::vector<std::size_t> best;
    for (std::size_t i = 0; i < std::min(limit, order.size()); ++i) best.push_back(order[i].second);
    return best;
}

}  // namespace engram::bench
