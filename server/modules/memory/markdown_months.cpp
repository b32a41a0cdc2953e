#include "modules/memory/markdown_months.hpp"

#include <algorithm>
#include <utility>

#include "modules/memory/markdown_text.hpp"

namespace engram::memory {
namespace {

using std::chrono::year_month;

// A month with more of them is read whole.
constexpr std::size_t kFewChanges = 100;

// No place on earth is further from UTC.
constexpr std::chrono::hours kOffsetMax{14};

year_month month_at(base::Time local) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(local));
    return {date.year(), date.month()};
}

void add(MarkdownChanges& changes, const store::ChangedAt& change) {
    if (changes.size() <= kFewChanges) changes.push_back(change);
}

std::string path_of(const std::string& folder, std::string_view classification, year_month month) {
    return folder + "/" + std::string(classification) + "/" + text_of(month) + ".md";
}

}  // namespace

void add_change(std::map<year_month, MarkdownChanges>& months, const store::ChangedAt& change) {
    const year_month first = month_at(change.created_at - kOffsetMax), last = month_at(change.created_at + kOffsetMax);
    add(months[first], change);
    if (last != first) add(months[last], change);
}

MarkdownMonth MarkdownMonths::write_whole(const base::Uuid& owner, const std::string& folder, year_month month) {
    const base::Time begin = std::chrono::sys_days(month / 1),
                     end = std::chrono::sys_days((month + std::chrono::months(1)) / 1);
    std::vector<Memory> around;
    database_.read(owner, [&](ports::Transaction& tx) {
        around = store::created_between(tx, owner, begin - kOffsetMax, end + kOffsetMax);
    });
    ByClass by_class;
    for (const std::string_view classification : kClasses) by_class[classification];
    for (Memory& memory : around)
        if (month_of(memory) == month) by_class.at(memory.classification).push_back(std::move(memory));
    MarkdownMonth pages;
    for (const auto& [classification, memories] : by_class) {
        const std::string path = path_of(folder, classification, month);
        auto [file, page] = MarkdownPage::of(classification, month, memories);
        pages[classification] = std::move(page);
        if (memories.empty())
            tree_.remove(path);
        else
            tree_.write(path, file);
    }
    return pages;
}

// What has changed and is in the month now; nothing where a file there has lost one of them.
std::optional<MarkdownMonths::ByClass> MarkdownMonths::changed_in(const base::Uuid& owner, year_month month,
                                                                  const MarkdownMonth& pages,
                                                                  const MarkdownChanges& changes) {
    ByClass by_class;
    bool lost = false;
    database_.read(owner, [&](ports::Transaction& tx) {
        for (const store::ChangedAt& one : changes) {
            auto memory = store::find_shown(tx, owner, one);
            if (memory && month_of(*memory) != month) memory.reset();
            for (const auto& [classification, page] : pages)
                if (memory && memory->classification == classification)
                    by_class[classification].push_back(std::move(*memory));
                else
                    lost = lost || page.holds(one.id);
        }
    });
    return lost ? std::nullopt : std::optional(std::move(by_class));
}

// False: the month must be written whole.
bool MarkdownMonths::change(const base::Uuid& owner, const std::string& folder, year_month month, MarkdownMonth& pages,
                            MarkdownChanges changes) {
    if (pages.empty() || changes.size() > kFewChanges) return false;
    std::ranges::sort(changes, {}, [](const store::ChangedAt& one) { return std::pair(one.created_at, one.id); });
    const auto again = std::ranges::unique(changes, {}, &store::ChangedAt::id);
    changes.erase(again.begin(), again.end());
    const auto by_class = changed_in(owner, month, pages, changes);
    if (!by_class) return false;
    for (const auto& [classification, memories] : *by_class) {
        const std::string path = path_of(folder, classification, month);
        auto file = tree_.read(path);
        if (!file || !pages.at(classification).change(*file, memories)) return false;
        tree_.write(path, *file);
    }
    return true;
}

void MarkdownMonths::write(const base::Uuid& owner, const std::string& folder, year_month month,
                           MarkdownChanges changes) {
    MarkdownMonth pages = pages_.take(owner, month);
    if (!change(owner, folder, month, pages, std::move(changes))) pages = write_whole(owner, folder, month);
    pages_.put(owner, month, std::move(pages));
}

}  // namespace engram::memory
