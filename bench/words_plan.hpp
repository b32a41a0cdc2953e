// What the words bench asks for: texts, queries of each kind, texts to add and to change; and the files with them, so
// that other engines are asked the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/zipf_texts.hpp"

namespace engram::bench {

struct QueryKind {
    std::string name;
    std::string category;  // those in it alone; empty: all
    std::vector<std::string> queries;
};

struct ChangedText {
    std::uint32_t number = 0;  // of the text
    std::string text, query;   // the query finds this text alone
};

struct WordsPlan {
    explicit WordsPlan(std::uint32_t count);

    // texts.txt and categories.txt, kinds.tsv (file, name, category) with the files that it names, added.tsv and
    // changed.tsv (number, query, text).
    void write(const std::filesystem::path& folder) const;

    static std::string category_of(std::uint32_t number) { return number % 5 == 0 ? "work" : "general"; }

    std::vector<std::string> texts;  // its number is its place
    std::vector<QueryKind> kinds;
    std::vector<ChangedText> added, changed;
};

}  // namespace engram::bench
