#include "modules/memory/memory_filter.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "base/fold_text.hpp"
#include "base/text.hpp"

namespace engram::memory {
namespace {

bool has(const Memory& memory, std::string_view what) {
    if (what == "attachment") return !memory.attachments.empty();
    if (what == "context") return memory.context.has_value();
    if (what == "link")
        return memory.content->find("http://") != std::string::npos ||
               memory.content->find("https://") != std::string::npos;
    if (what == "reminder") return memory.remind_at.has_value();
    if (what == "tag") return !memory.tags->empty();
    if (what == "thread") return memory.thread_id.has_value();
    return memory.title.has_value();
}

constexpr std::size_t kNameWordsMax = 8;  // of a longer one, the first
constexpr std::string_view kFromMark = "from:";

std::string tag_mark(std::string_view tag) { return std::string(kTagMark).append(tag); }
std::string author_mark(std::string_view author) { return "author:" + base::to_lower_ascii(author); }

constexpr std::string_view kSpaces = " \t\r\n", kInnerMarks = " -.,()";

// The mark of a text however it is written.
std::string folded_mark(std::string_view kind, std::string_view text) {
    std::string mark(kind);
    const std::string folded = base::fold_text(text);
    for (const std::string_view word : base::split_at_any(folded, kSpaces))
        (mark += mark.size() == kind.size() ? "" : " ").append(word);
    return mark;
}

// "Anna-Lena Kaya" may be asked for as it is and by "anna-lena", "kaya", "anna" and "lena".
void add_from_marks(std::vector<std::string>& marks, std::string_view name) {
    marks.push_back(from_mark(name));
    const std::string folded = base::fold_text(name);
    std::vector<std::string_view> words = base::split_at_any(folded, kSpaces);
    words.resize(std::min(words.size(), kNameWordsMax));
    for (const std::string_view word : words) {
        marks.push_back(std::string(kFromMark).append(word));
        for (const std::string_view part : base::split_at_any(word, kInnerMarks))
            marks.push_back(std::string(kFromMark).append(part));
    }
}

// "Anna: ", "Mr Kemal: ": up to three words with a colon behind them, the first in a capital.
bool names_speaker(std::string_view text) {
    constexpr std::size_t kNameMax = 40;
    const std::size_t colon = text.substr(0, kNameMax).find(": ");
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view name = text.substr(0, colon);
    const auto first = static_cast<unsigned char>(name.front());
    const bool capital = (first >= 'A' && first <= 'Z') || first >= 0x80;
    return capital && std::ranges::count(name, ' ') < 3 && name.find_first_of("\n.,;!?#") == std::string_view::npos;
}

}  // namespace

std::string has_mark(std::string_view what) { return std::string("has:").append(what); }
std::string folded_tag_mark(std::string_view tag) { return folded_mark("tagged:", tag); }
std::string from_mark(std::string_view name) { return folded_mark(kFromMark, name); }

std::string author_name(const base::JsonText& metadata) {
    if (metadata.text.find("\"author\"") == std::string::npos) return {};
    const boost::json::value parsed = base::parse_json(metadata.text);
    const auto* author = parsed.is_object() ? parsed.get_object().if_contains("author") : nullptr;
    return author != nullptr && author->is_string() ? std::string(author->get_string()) : std::string();
}

std::vector<std::string> marks_of(const Memory& memory) {
    std::vector<std::string> marks{author_mark(to_string(memory.author_id))};
    if (const std::string name = author_name(memory.metadata); !name.empty()) {
        marks.push_back(author_mark(name));
        add_from_marks(marks, name);
    }
    marks.push_back(from_mark(memory.source));
    for (const std::string& tag : *memory.tags) {
        marks.push_back(tag_mark(tag));
        marks.push_back(folded_tag_mark(tag));
    }
    if (memory.thread_id) marks.push_back("thread:" + to_string(*memory.thread_id));
    if (memory.pinned) marks.emplace_back(kPinnedMark);
    for (const std::string_view what : kHas)
        if (has(memory, what)) marks.push_back(has_mark(what));
    std::ranges::sort(marks);
    marks.erase(std::ranges::unique(marks).begin(), marks.end());
    return marks;
}

ports::IndexFilter index_filter(const MemoryFilter& filter) {
    ports::IndexFilter wanted{.category = filter.classification,
                              .source = filter.source,
                              .marks = {},
                              .without = {},
                              .from = filter.date_from,
                              .to = filter.date_to};
    if (filter.tag) wanted.marks.push_back(tag_mark(*filter.tag));
    if (filter.author) wanted.marks.push_back(author_mark(*filter.author));
    if (filter.has) wanted.marks.push_back(has_mark(*filter.has));
    if (filter.thread) wanted.group = {.first = *filter.thread, .mark = "thread:" + to_string(*filter.thread)};
    if (filter.pinned) (*filter.pinned ? wanted.marks : wanted.without).emplace_back(kPinnedMark);
    return wanted;
}

ports::IndexFilter index_filter(const SearchQuery& query) {
    ports::IndexFilter wanted = index_filter(MemoryFilter{.classification = query.classification,
                                                          .source = query.source,
                                                          .date_from = query.date_from,
                                                          .date_to = query.date_to});
    for (const std::string& tag : query.tags) wanted.marks.push_back(tag_mark(tag));
    return wanted;
}

bool passes(const ports::IndexFilter& filter, const Memory& memory) {
    if (filter.category && memory.classification != *filter.category) return false;
    if (filter.source && memory.source != *filter.source) return false;
    if (filter.from && memory.created_at < *filter.from) return false;
    if (filter.to && memory.created_at >= *filter.to) return false;
    const std::vector<std::string> marks = marks_of(memory);
    const auto holds = [&](const std::string& mark) { return std::ranges::find(marks, mark) != marks.end(); };
    if (filter.group && memory.id != filter.group->first && !holds(filter.group->mark)) return false;
    return std::ranges::all_of(filter.marks, holds) && std::ranges::none_of(filter.without, holds);
}

std::string conversation_of(const Memory& memory, std::string_view author) {
    if (memory.thread_id) return to_string(*memory.thread_id);
    if (!author.empty() || names_speaker(*memory.content)) return memory.source;
    return {};
}

bool is_question(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" \t\r\n\"')*_");
    if (end == std::string_view::npos) return false;
    const std::string_view all = text.substr(0, end + 1);
    return all.ends_with('?') || all.ends_with("\u061f") || all.ends_with("\uff1f");
}

}  // namespace engram::memory
