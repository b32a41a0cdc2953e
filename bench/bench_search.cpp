// Speed and size of the index in memory: generated texts with a Zipf vocabulary, one owner, one thread.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "search/search_index.hpp"

namespace engram::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kWordsPerText = 50;
constexpr std::size_t kVocabulary = 60'000;
const std::vector<std::size_t> kEveryday = {16, 20, 24, 28, 33, 38, 43, 48, 53, 58};  // ranks; in 8-20 % of the texts

double us_since(SteadyClock::time_point start) {
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - start).count();
}

// Resident bytes of this process.
double resident_mb() {
    std::ifstream statm("/proc/self/statm");
    long pages = 0, resident = 0;
    statm >> pages >> resident;
    return static_cast<double>(resident) * 4096 / 1e6;
}

// Words that look like words; the rank decides how often one is drawn (Zipf, exponent 1).
class Generator {
public:
    Generator() {
        double sum = 0;
        for (std::size_t rank = 0; rank < kVocabulary; ++rank) {
            words_.push_back(make_word());
            sum += 1 / (static_cast<double>(rank) + 10);  // flattened: the commonest word is in a third of the texts
            sums_.push_back(sum);
        }
    }

    std::string text() {
        std::string out;
        for (int i = 0; i < kWordsPerText; ++i) out += words_[draw()] + (i % 12 == 11 ? ". " : " ");
        return out;
    }

    const std::string& word(std::size_t rank) const { return words_[rank]; }
    std::mt19937& engine() { return engine_; }

private:
    std::size_t draw() {
        const double at = std::uniform_real_distribution<double>(0, sums_.back())(engine_);
        return static_cast<std::size_t>(std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
    }

    std::string make_word() {
        static constexpr std::string_view kConsonants = "bcdfghjklmnprstvz", kVowels = "aeiou";
        std::string word;
        for (unsigned i = 0, syllables = 2 + engine_() % 2; i < syllables; ++i) {
            word += kConsonants[engine_() % kConsonants.size()];
            word += kVowels[engine_() % kVowels.size()];
        }
        return word + kConsonants[engine_() % kConsonants.size()];
    }

    std::mt19937 engine_{42};
    std::vector<std::string> words_;
    std::vector<double> sums_;
};

class SearchBench {
public:
    explicit SearchBench(std::uint32_t texts) : texts_(texts) {
        for (std::uint32_t i = 0; i < texts_; ++i) changes_.push_back(change(i));
    }

    void run() {
        build();
        std::printf("%-44s %10s %10s %10s\n", "query, top 20", "matches", "p50 us", "p99 us");
        query("rare word", {40'000, 45'000, 50'000, 55'000}, 1);
        query("3 everyday words", kEveryday, 3);
        query("6 everyday words", kEveryday, 6);
        query("3 everyday words in one category", kEveryday, 3, "work");
        query("3 words of the commonest", {0, 1, 2, 3, 4, 5}, 3);
        fold();
        std::printf("\n");
    }

private:
    ports::IndexChange change(std::uint32_t number) {
        ports::IndexChange made;
        for (std::size_t i = 0; i < 4; ++i) made.id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
        made.revision = ++revision_;
        made.created_at = base::Time(std::chrono::minutes(28'000'000 + number));
        made.text = generator_.text();
        made.language = "en";
        made.category = number % 5 == 0 ? "work" : "general";
        made.source = "web";
        made.marks = {"tag" + std::to_string(number % 40)};
        return made;
    }

    ports::IndexAnswer ask(const ports::IndexQuery& wanted) {
        const auto feed = [this](std::int64_t after, const ports::SearchIndex::Apply& apply) {
            auto at = std::upper_bound(changes_.begin(), changes_.end(), after,
                                       [](std::int64_t left, const auto& right) { return left < right.revision; });
            for (; at != changes_.end(); ++at) apply(*at);
        };
        return index_->search({}, 1, revision_, feed, wanted);
    }

    void build() {
        std::size_t bytes = 0;
        for (const auto& made : changes_) bytes += made.text.size();
        malloc_trim(0);
        const double resident_before = resident_mb();
        const auto start = SteadyClock::now();
        ask({});
        const double us = us_since(start);
        std::printf("%u texts of %zu bytes: built in %.0f ms (%.1f us each), %.1f MB resident\n", texts_,
                    bytes / texts_, us / 1000, us / texts_, resident_mb() - resident_before);
    }

    void query(const char* name, const std::vector<std::size_t>& ranks, std::size_t words, const char* category = {}) {
        constexpr int kWarmUp = 20, kRounds = 300;
        std::vector<double> times;
        double matches = 0;
        for (int round = -kWarmUp; round < kRounds; ++round) {
            const ports::IndexQuery wanted = draw_query(ranks, words, category);
            const auto start = SteadyClock::now();
            const auto answer = ask(wanted);
            const double us = us_since(start);
            if (round < 0) continue;
            matches += static_cast<double>(answer.total);
            times.push_back(us);
        }
        print(name, matches / kRounds, times);
    }

    ports::IndexQuery draw_query(std::vector<std::size_t> ranks, std::size_t words, const char* category) {
        ports::IndexQuery wanted;
        wanted.limit = 20;
        if (category != nullptr) wanted.filter.category = category;
        std::shuffle(ranks.begin(), ranks.end(), generator_.engine());
        for (std::size_t i = 0; i < words; ++i) wanted.text += generator_.word(ranks[i]) + ' ';
        return wanted;
    }

    static void print(const char* name, double matches, std::vector<double>& times) {
        std::sort(times.begin(), times.end());
        std::printf("%-44s %10.0f %10.1f %10.1f\n", name, matches, times[times.size() / 2],
                    times[times.size() * 99 / 100]);
    }

    // Each change alters an old text and is then searched for, as somebody does who looks for what they just wrote.
    void fold() {
        constexpr int kRounds = 2000;
        ports::IndexQuery wanted;
        wanted.text = generator_.word(50'000);
        std::vector<double> times;
        for (int round = 0; round < kRounds; ++round) {
            changes_.push_back(change(static_cast<std::uint32_t>(generator_.engine()() % texts_)));
            const auto start = SteadyClock::now();
            ask(wanted);
            times.push_back(us_since(start));
        }
        print("one change folded, and a rare word searched", 0, times);
    }

    std::uint32_t texts_;
    std::int64_t revision_ = 0;
    Generator generator_;
    std::vector<ports::IndexChange> changes_;
    std::unique_ptr<ports::SearchIndex> index_ = search::make_search_index();
};

}  // namespace
}  // namespace engram::bench

int main() {
    for (const std::uint32_t texts : {10'000U, 100'000U}) engram::bench::SearchBench(texts).run();
    return 0;
}
