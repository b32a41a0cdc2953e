#include "bench/words_report.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace engram::bench {

namespace {

// Names are ours and hold nothing that JSON would have to escape.
std::string json_of(const WordsFigure& figure) {
    std::string line = R"({"name": ")" + figure.name + R"(", "unit": ")" + figure.unit + R"(", "value": )";
    line += std::to_string(figure.value);
    if (figure.high) line += R"(, "high": )" + std::to_string(*figure.high);
    if (figure.matches) line += R"(, "matches": )" + std::to_string(*figure.matches);
    if (!figure.found.empty()) line += R"(, "found": [)";
    for (const auto& numbers : figure.found) {
        line += &numbers == figure.found.data() ? "[" : ", [";
        for (const std::uint32_t& number : numbers)
            line += (&number == numbers.data() ? "" : ", ") + std::to_string(number);
        line += ']';
    }
    return line + (figure.found.empty() ? "}" : "]}");
}

}  // namespace

WordsReport::WordsReport(const std::filesystem::path& folder, const std::string& engine) {
    if (folder.empty()) return;
    file_.open(folder / (engine + ".jsonl"));
    if (!file_) throw std::runtime_error("'" + folder.string() + "' cannot be written to.");
}

void WordsReport::add(const WordsFigure& figure) {
    std::printf("%-44s %9.4f", figure.name.c_str(), figure.value);
    if (figure.high) std::printf(" / %.4f", *figure.high);
    std::printf(" %s", figure.unit.c_str());
    if (figure.matches) std::printf(", %.0f matches", *figure.matches);
    std::puts("");
    if (file_.is_open()) file_ << json_of(figure) << '\n';
}

WordsFigure figure_of(std::string name, std::vector<double> us) {
    std::ranges::sort(us);
    return {std::move(name), "ms", us[us.size() / 2] / 1e3, us[us.size() * 99 / 100] / 1e3};
}

}  // namespace engram::bench
