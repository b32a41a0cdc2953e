#include "modules/memory/markdown_text.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace engram::memory {
namespace {

using std::chrono::year_month;

constexpr std::string_view kFences[] = {"```", "~~~"};

// What the clock showed where it was told.
base::Time local_time_of(const Memory& memory) {
    return memory.created_at + std::chrono::minutes(memory.utc_offset_minutes.value_or(0));
}

std::string one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return line;
}

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-';
}

// Obsidian's tags have no spaces, and no marks but '-', '_' and '/'.
std::string tag_text(std::string_view tag) {
    std::string text = "#";
    for (const char c : tag) text += is_word(c) || c == '_' || c == '/' ? c : '-';
    return text;
}

// A line that begins a heading or an HTML block, is a rule or underlines a heading, or ends in an anchor.
bool needs_escape(std::string_view line) {
    const std::string_view text = base::trim(line);
    if (text.empty()) return false;
    if (text.front() == '#' || text.front() == '<' || text.front() == '^') return true;
    const bool rule = std::string_view("-=*_").find(text.front()) != std::string_view::npos && text.size() > 1 &&
                      text.find_first_not_of(std::string{text.front(), ' '}) == std::string_view::npos;
    return rule;
}

// Where the anchor is that a line ends in, from `begin` on; npos: it ends in none.
std::size_t find_anchor(std::string_view line, std::size_t begin) {
    const std::size_t space = line.rfind(" ^");
    if (space == line.npos || space < begin || !std::ranges::all_of(line.substr(space + 2), is_word)) return line.npos;
    return space + 1;
}

void append_line(std::string& out, std::string_view line) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    out += line.substr(0, begin);
    if (needs_escape(line)) out += '\\';
    const std::size_t anchor = find_anchor(line, begin);
    std::size_t written = begin;
    for (std::size_t from = begin; written < line.size(); from = written + 1) {
        const std::size_t at = std::min({line.find("%%", from), from <= anchor ? anchor : line.npos, line.size()});
        out += line.substr(written, at - written);
        if (at < line.size()) out += '\\';
        written = at;
    }
}

void append_emphasis(std::string& out, std::string_view text) { ((out += '*') += one_line(text)) += '*'; }

void append_about(std::string& out, const Memory& memory, bool is_answer_to_here) {
    constexpr const char* kBetween = " · ";
    for (const std::string& tag : *memory.tags) (out += tag_text(tag)) += ' ';
    if (!memory.tags->empty()) out += "· ";
    if (memory.pinned) (out += "pinned") += kBetween;
    append_emphasis(out, memory.source);
    if (memory.context) append_emphasis(out += kBetween, *memory.context);
    if (memory.occurred_at) base::append_rfc3339((out += kBetween) += "of ", *memory.occurred_at);
    if (!memory.reply_to) return;
    ((out += kBetween) += "answers ") += is_answer_to_here ? "[[#^" : "";
    base::append_uuid(out, *memory.reply_to);
    if (is_answer_to_here) out += "]]";
}

}  // namespace

std::chrono::sys_days local_day_of(const Memory& memory) {
    return std::chrono::floor<std::chrono::days>(local_time_of(memory));
}

year_month month_of(const Memory& memory) {
    const std::chrono::year_month_day date(local_day_of(memory));
    return {date.year(), date.month()};
}

std::string text_of(year_month month) { return base::format_rfc3339(std::chrono::sys_days(month / 1)).substr(0, 7); }

std::string markdown_block(std::string_view text) {
    std::string out;
    std::string_view fence;  // the one that is open
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        at = end + 1;
        if (!out.empty()) out += '\n';
        const std::string_view inner = base::trim(line);
        const auto* mark = std::ranges::find_if(kFences, [&](std::string_view one) { return inner.starts_with(one); });
        const bool is_fence = mark != std::end(kFences) && (fence.empty() || (*mark == fence && inner == fence));
        if (is_fence) fence = fence.empty() ? *mark : std::string_view();
        if (is_fence || !fence.empty())
            out += line;
        else
            append_line(out, line);
    }
    if (!fence.empty()) (out += '\n') += fence;
    return out;
}

std::string markdown_head(std::string_view classification, year_month month, std::size_t memories) {
    return "---\nclass: " + std::string(classification) + "\nmonth: " + text_of(month) +
           "\nmemories: " + std::to_string(memories) + "\n---\n\n# " + text_of(month) + " " +
           std::string(classification) + "\n";
}

void append_day(std::string& out, std::chrono::sys_days day) {
    base::append_rfc3339(out += "\n## ", day);
    out.resize(out.rfind('T'));
    out += '\n';
}

void append_memory(std::string& out, const Memory& memory, bool is_answer_to_here) {
    std::string time;
    base::append_rfc3339(time, local_time_of(memory));
    (out += "\n### ") += std::string_view(time).substr(11, 5);
    if (memory.security_level > 1) {
        out += "\n\n*Private: engram shows it to you.*";
    } else {
        if (memory.title) (out += ' ') += one_line(*memory.title);
        (out += "\n\n") += markdown_block(*memory.content);
        append_about(out += "\n\n", memory, is_answer_to_here);
    }
    base::append_uuid(out += "\n\n^", memory.id);
    out += '\n';
}

}  // namespace engram::memory
