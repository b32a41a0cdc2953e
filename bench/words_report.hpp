// What an engine's words bench has measured: lines to read on standard output, and JSON lines for the joined table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace engram::bench {

struct WordsFigure {
    std::string name, unit;
    double value = 0;
    std::optional<double> high = {}, matches = {};       // 99 of 100; on average
    std::vector<std::vector<std::uint32_t>> found = {};  // the numbers of the texts found by each of the first queries
};

// Not in `folder` where that is empty: then on standard output alone. Throws std::runtime_error where it cannot.
class WordsReport {
public:
    WordsReport(const std::filesystem::path& folder, const std::string& engine);
    void add(const WordsFigure& figure);

private:
    std::ofstream file_;
};

// The middle one and that above 99 of 100, in ms.
WordsFigure figure_of(std::string name, std::vector<double> us);

}  // namespace engram::bench
