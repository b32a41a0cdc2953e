// Where each memory stands in the files that this process wrote: bounded, and never needed.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <utility>

#include "base/id.hpp"
#include "modules/memory/markdown_page.hpp"

namespace engram::memory {

// The files of one person and month, by class.
using MarkdownMonth = std::map<std::string_view, MarkdownPage>;

// Any thread; one at a time for each person.
class MarkdownPages {
public:
    // What is known of a month, and forgets it: whoever has brought it up to date gives it back. Empty: nothing is.
    MarkdownMonth take(const base::Uuid& owner, std::chrono::year_month month);

    // Forgets everything before, where it would be too much.
    void put(const base::Uuid& owner, std::chrono::year_month month, MarkdownMonth pages);

    void forget(const base::Uuid& owner);

private:
    using Key = std::pair<base::Uuid, std::chrono::year_month>;

    std::mutex mutex_;
    std::map<Key, MarkdownMonth> months_;
    std::size_t memories_ = 0;  // in all of them
};

}  // namespace engram::memory
