// Texts to measure with: about 300 characters of everyday words, as often as words are in a language.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace engram::bench {

// The same texts for the same seed. The k-th word is about k times rarer than the first (Zipf); two of five are words
// such as "the". Used by one thread.
class Texts {
public:
    explicit Texts(std::uint64_t seed);

    std::string memory();                           // 250 to 350 characters
    std::string query(std::size_t words);           // of the 300 words that follow the 20 most frequent
    std::string everyday_query(std::size_t words);  // different ones, each in 8 to 20 % of the memories
    std::uint64_t number(std::uint64_t below);

    // With two letters of its first word swapped: a word that no memory has.
    static std::string misspelt(std::string query);

private:
    const std::string& word();

    std::mt19937_64 dice_;
    std::vector<std::string> vocabulary_;
    std::vector<double> cumulated_;
};

}  // namespace engram::bench
