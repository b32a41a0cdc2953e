#include "bench/words_plan.hpp"

#include <fstream>
#include <stdexcept>

namespace engram::bench {

namespace {

constexpr int kQueries = 300, kChanges = 1000;

std::ofstream open(const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary);
    if (!out) throw std::runtime_error("'" + file.string() + "' cannot be written.");
    return out;
}

void write_lines(const std::filesystem::path& file, const std::vector<std::string>& lines) {
    std::ofstream out = open(file);
    for (const std::string& line : lines) out << line << '\n';
}

void write_changes(const std::filesystem::path& file, const std::vector<ChangedText>& changes) {
    std::ofstream out = open(file);
    for (const ChangedText& change : changes)
        out << change.number << '\t' << change.query << '\t' << change.text << '\n';
}

}  // namespace

WordsPlan::WordsPlan(std::uint32_t count) {
    ZipfTexts made;
    for (std::uint32_t i = 0; i < count; ++i) texts.push_back(made.text());
    const auto add_kind = [&](std::string name, const Ranks& ranks, std::size_t words, std::string category = {}) {
        QueryKind& kind = kinds.emplace_back(QueryKind{std::move(name), std::move(category), {}});
        for (int i = 0; i < kQueries; ++i) kind.queries.push_back(made.query(ranks, words));
    };
    add_kind("rare word", kRare, 1);
    add_kind("3 everyday words", kEveryday, 3);
    add_kind("6 everyday words", kEveryday, 6);
    add_kind("3 middling words", kMiddling, 3);
    add_kind("3 everyday words in one category", kEveryday, 3, "work");
    for (std::uint32_t i = 0; i < kChanges; ++i) {
        const std::string added_word = "added" + std::to_string(i), changed_word = "changed" + std::to_string(i);
        added.push_back({count + i, made.text() + added_word, added_word});
        changed.push_back({static_cast<std::uint32_t>(made.number(count)), made.text() + changed_word, changed_word});
    }
}

void WordsPlan::write(const std::filesystem::path& folder) const {
    std::filesystem::create_directories(folder);
    write_lines(folder / "texts.txt", texts);
    std::vector<std::string> categories, names;
    for (std::uint32_t i = 0; i < texts.size() + added.size(); ++i) categories.push_back(category_of(i));
    write_lines(folder / "categories.txt", categories);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const std::string file = "kind-" + std::to_string(i) + ".txt";
        write_lines(folder / file, kinds[i].queries);
        names.push_back(file + '\t' + kinds[i].name + '\t' + kinds[i].category);
    }
    write_lines(folder / "kinds.tsv", names);
    write_changes(folder / "added.tsv", added);
    write_changes(folder / "changed.tsv", changed);
}

}  // namespace engram::bench
