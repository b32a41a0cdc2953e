// The Markdown files of each person: one for each class and month, kept up with the person's changes.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <stop_token>
#include <vector>

#include "modules/memory/markdown_months.hpp"
#include "modules/memory/memory.hpp"
#include "modules/user/user.hpp"
#include "ports/database.hpp"
#include "ports/file_tree.hpp"

namespace engram::memory {

struct MarkdownFile {
    std::string path;       // "general/2026-11.md"
    std::int64_t size = 0;  // bytes
    base::Time modified_at{};
};
BOOST_DESCRIBE_STRUCT(MarkdownFile, (), (path, size, modified_at))

// What it is made of must outlive it. Any thread. Throws as the database and the tree do.
class MarkdownFiles {
public:
    MarkdownFiles(ports::Database& database, ports::FileTree& tree, user::UserService& users)
        : database_(database), tree_(tree), users_(users), months_(database, tree) {}

    // Writes what has changed since the files were written last; ends early, half done and told so by kUnavailable,
    // where it is asked to stop.
    void catch_up(const base::Uuid& owner, const std::stop_token& stop);

    // Writes all of them anew and removes what does not belong there; how many there are.
    std::int64_t rebuild(const base::Uuid& owner);

    // Removes all of them, at the end of an account.
    void erase(const base::Uuid& owner);

    // Removes those of whoever has no account any more: another process may have ended it.
    void remove_strangers();

    std::vector<MarkdownFile> list(const base::Uuid& owner);
    // Nothing: there is no such file. Throws kInvalid for what is no path of one.
    std::optional<std::string> read(const base::Uuid& owner, const std::string& path);

private:
    // Which history the files of a folder tell, and up to where. It lies beside them: where they are gone, so is it.
    struct Told {
        std::int64_t epoch = 0, revision = 0;
        bool operator==(const Told&) const = default;
    };
    struct Dirty {
        std::map<std::chrono::year_month, MarkdownChanges> months;  // those with changes
        Told told;                                                  // once they are written
        bool whole = false;                                         // what lies there tells another history
    };

    std::string folder_of(const base::Uuid& owner);
    std::mutex& mutex_of(const base::Uuid& owner);
    Told told_in(const std::string& folder);
    void forget(const base::Uuid& owner, const std::string& folder);
    void remove_all(const std::string& folder);
    Dirty changed_months(const base::Uuid& owner, const Told& told);
    void write_changed(const base::Uuid& owner, const std::string& folder, const std::stop_token& stop);

    ports::Database& database_;
    ports::FileTree& tree_;
    user::UserService& users_;
    std::array<std::mutex, 16> writing_;  // one writer of a person's files
    MarkdownMonths months_;
};

}  // namespace engram::memory
