#include "bench/texts.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace engram::bench {

namespace {

constexpr std::size_t kVocabulary = 8'000;

constexpr std::array<std::string_view, 24> kStopWords{"the", "and",  "to",   "of", "a",   "in",  "is",   "it",
                                                      "on",  "for",  "with", "we", "at",  "was", "that", "be",
                                                      "by",  "have", "this", "my", "you", "but", "from", "they"};

constexpr std::array<std::string_view, 120> kEveryday{
    "time",        "day",       "home",      "people",   "work",     "morning",  "evening",   "week",     "children",
    "house",       "friend",    "mother",    "father",   "sister",   "brother",  "school",    "garden",   "kitchen",
    "dinner",      "lunch",     "breakfast", "coffee",   "bread",    "butter",   "apple",     "potato",   "tomato",
    "soup",        "cake",      "recipe",    "train",    "station",  "bicycle",  "car",       "street",   "bridge",
    "river",       "lake",      "beach",     "mountain", "holiday",  "ticket",   "hotel",     "airport",  "suitcase",
    "passport",    "letter",    "message",   "phone",    "computer", "doctor",   "dentist",   "medicine", "hospital",
    "appointment", "meeting",   "office",    "project",  "report",   "deadline", "money",     "bank",     "bill",
    "rent",        "insurance", "contract",  "shop",     "market",   "present",  "birthday",  "wedding",  "party",
    "music",       "concert",   "guitar",    "piano",    "book",     "library",  "film",      "picture",  "camera",
    "window",      "door",      "table",     "chair",    "lamp",     "bed",      "blanket",   "shoes",    "jacket",
    "umbrella",    "rain",      "snow",      "wind",     "summer",   "winter",   "spring",    "autumn",   "cat",
    "dog",         "horse",     "bird",      "tree",     "flower",   "forest",   "neighbour", "teacher",  "lesson",
    "language",    "question",  "answer",    "idea",     "story",    "dream",    "walk",      "run",      "swim",
    "call",        "bring",     "remember"};

constexpr std::array<std::string_view, 32> kSyllables{
    "ba", "len", "tor", "mi",  "ka",  "sel", "ron", "du",  "fi",  "gor", "ham", "ist", "jul", "kes", "lom", "nar",
    "ol", "pim", "qua", "ris", "sto", "tul", "ur",  "vek", "wim", "yar", "zen", "cha", "dre", "eth", "fro", "glin"};

// Rare words of a language are names and terms: any that can be spoken will do.
std::string rare_word(std::size_t number) {
    std::string word;
    for (std::size_t rest = number + kSyllables.size(); rest > 0; rest /= kSyllables.size()) {
        word += kSyllables[rest % kSyllables.size()];
    }
    return word;
}

}  // namespace

Texts::Texts(std::uint64_t seed) : dice_(seed) {
    double sum = 0;
    for (std::size_t rank = 0; rank < kVocabulary; ++rank) {
        vocabulary_.push_back(rank < kEveryday.size() ? std::string(kEveryday[rank]) : rare_word(rank));
        sum += 1.0 / static_cast<double>(rank + 3);
        cumulated_.push_back(sum);
    }
}

std::uint64_t Texts::number(std::uint64_t below) { return dice_() % below; }

const std::string& Texts::word() {
    const double at = static_cast<double>(dice_() >> 11) * 0x1p-53 * cumulated_.back();
    const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), at);
    return vocabulary_[std::min<std::size_t>(static_cast<std::size_t>(found - cumulated_.begin()), kVocabulary - 1)];
}

std::string Texts::memory() {
    const std::size_t length = 250 + number(90);
    std::string text;
    while (text.size() < length) {
        if (!text.empty()) text += number(12) == 0 ? ". " : " ";
        if (number(5) < 2) {
            text += kStopWords[number(kStopWords.size())];
        } else {
            text += word();
        }
    }
    return text;
}

std::string Texts::query(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        if (i > 0) text += ' ';
        text += vocabulary_[20 + number(300)];
    }
    return text;
}

std::string Texts::everyday_query(std::size_t words) {
    constexpr std::size_t kFirst = 16, kEnd = 42;
    std::string text;
    std::vector<std::size_t> drawn;
    while (drawn.size() < words) {
        const std::size_t rank = kFirst + number(kEnd - kFirst);
        if (std::ranges::find(drawn, rank) != drawn.end()) continue;
        text += (drawn.empty() ? "" : " ") + vocabulary_[rank];
        drawn.push_back(rank);
    }
    return text;
}

std::string Texts::misspelt(std::string query) {
    std::size_t at = 1;
    while (query.at(at) == query.at(at + 1)) ++at;
    std::swap(query[at], query[at + 1]);
    return query;
}

}  // namespace engram::bench
