#include "modules/memory/markdown_page.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "modules/memory/markdown_text.hpp"

namespace engram::memory {
namespace {

constexpr std::size_t kSizeMax = std::numeric_limits<std::uint32_t>::max();  // of a file whose parts are known

std::int32_t day_of(const Memory& memory) {
    return static_cast<std::int32_t>(local_day_of(memory).time_since_epoch().count());
}

// Those that an answer may name; none where nothing is an answer.
std::set<base::Uuid> targets(std::span<const Memory> memories) {
    std::set<base::Uuid> here;
    if (std::ranges::none_of(memories, [](const Memory& memory) { return memory.reply_to.has_value(); })) return here;
    for (const Memory& memory : memories) here.insert(memory.id);
    return here;
}

std::size_t hash_of(std::string_view file) { return std::hash<std::string_view>()(file); }

}  // namespace

bool MarkdownPage::holds(const base::Uuid& id) const {
    return std::ranges::find(parts_, id, &Part::id) != parts_.end();
}

bool MarkdownPage::comes_last(const Memory& memory) const {
    return !awaited_.contains(memory.id) &&
           std::pair(memory.created_at, memory.id) > std::pair(last_created_, parts_.back().id);
}

// What stands at `part`, under the heading of its day where it is the first of it.
void MarkdownPage::append_part(std::string& out, const Memory& memory, std::size_t part, bool is_answer_to_here) {
    if (memory.reply_to && !is_answer_to_here) awaited_.insert(*memory.reply_to);
    if (part == 0 || parts_[part - 1].day != parts_[part].day) append_day(out, local_day_of(memory));
    append_memory(out, memory, is_answer_to_here);
}

std::pair<std::string, MarkdownPage> MarkdownPage::of(std::string_view classification, std::chrono::year_month month,
                                                      std::span<const Memory> memories) {
    MarkdownPage page;
    page.classification_ = classification;
    page.month_ = month;
    page.parts_.reserve(memories.size());
    std::string file = markdown_head(classification, month, memories.size());
    const std::size_t head = file.size();
    const std::set<base::Uuid> here = targets(memories);
    for (const Memory& memory : memories) {
        page.parts_.push_back({.id = memory.id, .day = day_of(memory)});
        page.append_part(file, memory, page.parts_.size() - 1, memory.reply_to && here.contains(*memory.reply_to));
        page.parts_.back().end = static_cast<std::uint32_t>(file.size() - head);
    }
    if (file.size() > kSizeMax) page.parts_.clear();
    if (!memories.empty()) page.last_created_ = memories.back().created_at;
    page.hash_ = hash_of(file);
    return {std::move(file), std::move(page)};
}

bool MarkdownPage::place(const Memory& memory, std::vector<Piece>& pieces) {
    const auto found = std::ranges::find(parts_, memory.id, &Part::id);
    const auto part = static_cast<std::size_t>(found - parts_.begin());
    if (found == parts_.end()) {
        if (!comes_last(memory)) return false;
        parts_.push_back({memory.id, parts_.back().end, day_of(memory)});
        last_created_ = memory.created_at;
    } else if (found->day != day_of(memory)) {
        return false;
    }
    pieces.push_back({part, {}});
    append_part(pieces.back().text, memory, part, memory.reply_to && holds(*memory.reply_to));
    return true;
}

// The parts' ends are those of `file`, and become those of what is returned.
std::string MarkdownPage::spliced(const std::string& file, std::span<const Piece> pieces) {
    std::string out = markdown_head(classification_, month_, parts_.size());
    const std::size_t head = out.size(), old_head = file.size() - parts_.back().end;
    std::size_t copied = 0, next = 0;  // how much of the file, and of its parts, is dealt with
    const auto keep_until = [&](std::size_t part) {
        const std::size_t shift = out.size() - head - copied;  // as much less, where the others shrank: it wraps
        std::size_t end = copied;
        for (; next < part; ++next) {
            end = parts_[next].end;
            parts_[next].end += static_cast<std::uint32_t>(shift);
        }
        out.append(file, old_head + copied, end - copied);
        copied = end;
    };
    for (const Piece& piece : pieces) {
        keep_until(piece.part);
        copied = parts_[next].end;
        out += piece.text;
        parts_[next++].end = static_cast<std::uint32_t>(out.size() - head);
    }
    keep_until(parts_.size());
    return out;
}

bool MarkdownPage::change(std::string& file, std::span<const Memory> changed) {
    if (parts_.empty() || file.size() > kSizeMax / 2 || hash_of(file) != hash_) return false;
    MarkdownPage next = *this;
    std::vector<Piece> pieces;
    for (const Memory& memory : changed)
        if (!next.place(memory, pieces)) return false;
    file = next.spliced(file, pieces);
    next.hash_ = hash_of(file);
    *this = std::move(next);
    return true;
}

}  // namespace engram::memory
