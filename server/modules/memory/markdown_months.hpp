// Months of a person's memories, written to their files: whole, or what has changed in them.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/memory/markdown_pages.hpp"
#include "modules/memory/markdown_store.hpp"
#include "ports/database.hpp"
#include "ports/file_tree.hpp"

namespace engram::memory {

// What has changed in a month, or so much of it that the month had better be written whole.
using MarkdownChanges = std::vector<store::ChangedAt>;

// To the months that the memory may belong to: which one, its offset from UTC decides.
void add_change(std::map<std::chrono::year_month, MarkdownChanges>& months, const store::ChangedAt& change);

// What it is made of must outlive it. Any thread; one at a time for each person. Throws as the database and the tree
// do.
class MarkdownMonths {
public:
    MarkdownMonths(ports::Database& database, ports::FileTree& tree) : database_(database), tree_(tree) {}

    // Brings the files of a month, one for each class, up to date: "FOLDER/general/2026-11.md". `changes`: all since
    // they were written.
    void write(const base::Uuid& owner, const std::string& folder, std::chrono::year_month month,
               MarkdownChanges changes);

    // That the files of a person are as they were written.
    void forget(const base::Uuid& owner) { pages_.forget(owner); }

private:
    using ByClass = std::map<std::string_view, std::vector<Memory>>;

    bool change(const base::Uuid& owner, const std::string& folder, std::chrono::year_month month, MarkdownMonth& pages,
                MarkdownChanges changes);
    std::optional<ByClass> changed_in(const base::Uuid& owner, std::chrono::year_month month,
                                      const MarkdownMonth& pages, const MarkdownChanges& changes);
    MarkdownMonth write_whole(const base::Uuid& owner, const std::string& folder, std::chrono::year_month month);

    ports::Database& database_;
    ports::FileTree& tree_;
    MarkdownPages pages_;
};

}  // namespace engram::memory
