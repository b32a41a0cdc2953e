#include "modules/memory/markdown_files.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <set>
#include <utility>

#include "base/json.hpp"
#include "base/log.hpp"
#include "jobs/job_kind.hpp"
#include "modules/memory/memory_store.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kChangesAtOnce = 1000;

// Beside the files of a person.
constexpr const char* kState = "/state.json";

bool is_ours(const ports::FileEntry& file) { return file.path.ends_with(".md"); }

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

// Whoever has changed it by hand gets the files anew.
MarkdownFiles::Told MarkdownFiles::told_in(const std::string& folder) {
    const auto text = tree_.read(folder + kState);
    if (!text) return {};
    try {
        const boost::json::value state = base::parse_json(*text);
        return {state.at("epoch").to_number<std::int64_t>(), state.at("revision").to_number<std::int64_t>()};
    } catch (const std::exception& error) {
        base::log(base::Severity::kWarning, "the Markdown files are written anew", {{"error", base::describe(error)}});
        return {};
    }
}

void MarkdownFiles::forget(const base::Uuid& owner, const std::string& folder) {
    months_.forget(owner);
    remove_all(folder);
}

void MarkdownFiles::remove_all(const std::string& folder) {
    tree_.remove(folder + kState);
    for (const ports::FileEntry& file : tree_.list(folder))
        if (is_ours(file)) tree_.remove(file.path);
}

// The months are gathered before the first of them is written: each is written once, however many of its memories have
// changed. What changes meanwhile is left to the next time.
MarkdownFiles::Dirty MarkdownFiles::changed_months(const base::Uuid& owner, const Told& told) {
    Dirty dirty;
    PersonState state;
    database_.read(owner,
                   [&](ports::Transaction& tx) { state = store::find_state(tx, owner).value_or(PersonState{}); });
    dirty.told.epoch = state.epoch;
    dirty.whole = told.epoch != state.epoch || told.revision > state.revision;
    dirty.told.revision = dirty.whole ? 0 : told.revision;
    while (dirty.told.revision < state.revision) {
        std::vector<store::ChangedAt> page;
        database_.read(owner, [&](ports::Transaction& tx) {
            page = store::changed_after(tx, owner, dirty.told.revision, kChangesAtOnce);
        });
        if (page.empty()) break;
        for (const store::ChangedAt& one : page) add_change(dirty.months, one);
        dirty.told.revision = page.back().revision;
    }
    return dirty;
}

void MarkdownFiles::write_changed(const base::Uuid& owner, const std::string& folder, const std::stop_token& stop) {
    const Told told = told_in(folder);
    Dirty dirty = changed_months(owner, told);
    if (dirty.told == told) return;
    if (dirty.whole) forget(owner, folder);
    if (dirty.told == Told{}) return;  // the person is gone
    for (auto& [month, changes] : dirty.months) {
        jobs::end_if_stopped(stop);
        months_.write(owner, folder, month, std::move(changes));
    }
    tree_.write(folder + kState, R"({"epoch":)" + std::to_string(dirty.told.epoch) + R"(,"revision":)" +
                                     std::to_string(dirty.told.revision) + "}\n");
}

void MarkdownFiles::catch_up(const base::Uuid& owner, const std::stop_token& stop) {
    const std::lock_guard lock(mutex_of(owner));
    write_changed(owner, folder_of(owner), stop);
}

void MarkdownFiles::erase(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_of(owner));
    forget(owner, folder_of(owner));
}

void MarkdownFiles::remove_strangers() {
    std::set<std::string> folders;
    for (const ports::FileEntry& file : tree_.list("")) folders.insert(file.path.substr(0, file.path.find('/')));
    for (const std::string& folder : folders)  // one without a state is not of this program
        if (tree_.read(folder + kState) && !users_.find_by_phone_number(folder)) remove_all(folder);
}

std::int64_t MarkdownFiles::rebuild(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_of(owner));
    const std::string folder = folder_of(owner);
    forget(owner, folder);
    write_changed(owner, folder, {});
    return std::ranges::count_if(tree_.list(folder), is_ours);
}

std::vector<MarkdownFile> MarkdownFiles::list(const base::Uuid& owner) {
    const std::string folder = folder_of(owner);
    std::vector<MarkdownFile> files;
    for (const ports::FileEntry& file : tree_.list(folder))
        if (is_ours(file)) files.push_back({file.path.substr(folder.size() + 1), file.size, file.modified_at});
    return files;
}

std::optional<std::string> MarkdownFiles::read(const base::Uuid& owner, const std::string& path) {
    return tree_.read(folder_of(owner) + "/" + path);
}

}  // namespace engram::memory
