// Texts of made-up words that are as rare and as frequent as the words of a language.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace engram::bench {

// Words from the begin-th most frequent to the one before the end-th.
struct Ranks {
    std::size_t begin = 0, end = 0;
};
constexpr Ranks kEveryday{16, 59};      // each in 8 to 20 % of the texts
constexpr Ranks kMiddling{500, 640};    // each in about 1 %
constexpr Ranks kRare{40'000, 55'000};  // each in about 0.013 %

// The same texts and queries at every run. Used by one thread.
class ZipfTexts {
public:
    ZipfTexts();

    std::string text();  // 50 words, about 350 bytes

    // Different words, each in some text that text() has given.
    std::string query(const Ranks& ranks, std::size_t words);

    std::size_t number(std::size_t below);

private:
    std::size_t draw();
    std::string make_word();

    std::mt19937 dice_{42};
    std::vector<std::string> words_;
    std::vector<double> sums_;
    std::vector<bool> used_;
};

}  // namespace engram::bench
