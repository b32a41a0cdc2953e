// Whether what a search gives as the chance of being right is one.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace engram::bench {

// What was said of results, and whether they were right, by what was said.
class Reliability {
public:
    struct Bin {
        std::size_t count = 0, right = 0;
        double chances = 0;  // their sum

        double mean() const { return count == 0 ? 0 : chances / static_cast<double>(count); }
        double share_right() const { return count == 0 ? 0 : static_cast<double>(right) / static_cast<double>(count); }
    };
    static constexpr std::array kBegins{0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    void add(double chance, bool right);
    void add(const Reliability& other);

    const Bin& bin(std::size_t number) const { return bins_[number]; }
    Bin all() const;
    double error() const;  // the mean distance of a bin's chance and its share of right ones, by results
    double quantile(double share) const;

private:
    std::array<Bin, kBegins.size()> bins_{};
    std::vector<double> chances_;
};

// Of questions that have an answer and of those that have none: their first ten results, and the first alone.
struct Calibration {
    static constexpr std::size_t kShown = 10;
    Reliability shown, first, unanswered;  // unanswered: the first alone

    void add(const Calibration& other);
};

// How often results were right by what was said, as a table; and of each collection by how much it was off.
void print(const Calibration& calibration);
void print_errors_head();
void print_errors(const std::string& where, const Calibration& calibration);

}  // namespace engram::bench
