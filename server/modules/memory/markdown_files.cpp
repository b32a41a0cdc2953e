#include "modules/memory/markdown_files.hpp"

#include <map>

#include "modules/memory/markdown_store.hpp"
#include "modules/memory/markdown_text.hpp"
#include "modules/memory/memory_store.hpp"

namespace engram::memory {
namespace {

using std::chrono::year_month;

constexpr std::int64_t kChangesAtOnce = 1000;

// No place on earth is further from UTC.
constexpr std::chrono::hours kOffsetMax{14};

// The months that a memory may belong to: which one, its offset decides.
void add_months(std::set<year_month>& months, base::Time created_at) {
    for (const base::Time local : {created_at - kOffsetMax, created_at + kOffsetMax}) {
        const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(local));
        months.emplace(date.year(), date.month());
    }
}

std::string path_of(const std::string& folder, std::string_view classification, year_month month) {
    return folder + "/" + std::string(classification) + "/" + text_of(month) + ".md";
}

}  // namespace

// A phone number never changes, and says whose files these are.
std::string MarkdownFiles::folder_of(const base::Uuid& owner) {
    const auto user = users_.find(owner);
    if (!user) throw base::Error(base::Code::kNotFound, "There is no such account.");
    return user->phone_number;
}

std::mutex& MarkdownFiles::mutex_of(const base::Uuid& owner) {
    return writing_[base::UuidHash()(owner) % writing_.size()];
}

void MarkdownFiles::write_month(const base::Uuid& owner, const std::string& folder, year_month month) {
    const base::Time begin = std::chrono::sys_days(month / 1),
                     end = std::chrono::sys_days((month + std::chrono::months(1)) / 1);
    std::vector<Memory> around;
    database_.read(owner, [&](ports::Transaction& tx) {
        around = store::created_between(tx, owner, begin - kOffsetMax, end + kOffsetMax);
    });
    std::map<std::string_view, std::vector<Memory>> by_class;
    for (const std::string_view classification : kClasses) by_class[classification];
    for (Memory& memory : around)
        if (month_of(memory) == month) by_class.at(memory.classification).push_back(std::move(memory));
    for (const auto& [classification, memories] : by_class) {
        const std::string path = path_of(folder, classification, month);
        if (memories.empty())
            tree_.remove(path);
        else
            tree_.write(path, markdown_of(classification, month, memories));
    }
}

// The months are gathered before the first of them is written: each is written once, however many of its memories have
// changed. What changes meanwhile is left to the next time.
MarkdownFiles::Dirty MarkdownFiles::changed_months(const base::Uuid& owner) {
    Dirty dirty;
    std::vector<store::ChangedAt> page;
    std::int64_t latest = 0;
    do {
        database_.read(owner, [&](ports::Transaction& tx) {
            if (latest == 0) {
                dirty.up_to = store::markdown_revision(tx, owner);
                latest = store::find_state(tx, owner).value_or(PersonState{}).revision;
            }
            page = store::changed_after(tx, owner, dirty.up_to, kChangesAtOnce);
        });
        for (const store::ChangedAt& one : page) add_months(dirty.months, one.created_at);
        if (!page.empty()) dirty.up_to = page.back().revision;
    } while (!page.empty() && dirty.up_to < latest);
    return dirty;
}

void MarkdownFiles::write_changed(const base::Uuid& owner, const std::string& folder, const std::stop_token& stop) {
    const Dirty dirty = changed_months(owner);
    if (dirty.months.empty()) return;
    for (const year_month month : dirty.months) {
        if (stop.stop_requested()) throw base::Error(base::Code::kUnavailable, "engram is being stopped.");
        write_month(owner, folder, month);
    }
    database_.write(owner, [&](ports::Transaction& tx) { store::set_markdown_revision(tx, owner, dirty.up_to); });
}

void MarkdownFiles::catch_up(const base::Uuid& owner, const std::stop_token& stop) {
    const std::lock_guard lock(mutex_of(owner));
    write_changed(owner, folder_of(owner), stop);
}

std::int64_t MarkdownFiles::rebuild(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_of(owner));
    const std::string folder = folder_of(owner);
    for (const ports::FileEntry& file : tree_.list(folder)) tree_.remove(file.path);
    database_.write(owner, [&](ports::Transaction& tx) { store::set_markdown_revision(tx, owner, 0); });
    write_changed(owner, folder, {});
    return std::ssize(tree_.list(folder));
}

std::vector<MarkdownFile> MarkdownFiles::list(const base::Uuid& owner) {
    const std::string folder = folder_of(owner);
    std::vector<MarkdownFile> files;
    for (const ports::FileEntry& file : tree_.list(folder))
        files.push_back({file.path.substr(folder.size() + 1), file.size, file.modified_at});
    return files;
}

std::optional<std::string> MarkdownFiles::read(const base::Uuid& owner, const std::string& path) {
    return tree_.read(folder_of(owner) + "/" + path);
}

}  // namespace engram::memory
