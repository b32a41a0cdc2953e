#include "app/recall_text.hpp"

#include <array>

#include "app/answers.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace engram::app {
namespace {

using boost::json::value;

constexpr std::array<std::string_view, 5> kLevelWords{"", "", "Private", "Locked", "Sealed"};

// Line ends and whatever else steers a terminal become blanks: control characters of ASCII, and U+0080 to U+009F.
std::string on_one_line(std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7f) text[i] = ' ';
        if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
            text.replace(i, 2, "  ");
    }
    return text;
}

// Where it was told, or where the person is.
std::string day_of(const value& memory, const base::TimeZone& zone) {
    base::Time time = base::parse_rfc3339(text_of(memory, "created_at")).value();
    const auto& offset = memory.at("utc_offset_minutes");
    time += offset.is_int64() ? std::chrono::minutes(offset.as_int64()) : zone.offset_at(time);
    return base::format_rfc3339(time).substr(0, 10);
}

std::string level_word(const value& memory) {
    const auto level = static_cast<std::size_t>(memory.at("security_level").as_int64());
    return level < kLevelWords.size() ? std::string(kLevelWords[level]) : std::string();
}

// "Anna: " where an import knows who said it.
std::string speaker(const value& memory) {
    const auto& metadata = memory.at("metadata").as_object();
    const auto* author = metadata.if_contains("author");
    return author && author->is_string() ? on_one_line(std::string(author->as_string())) + ": " : std::string();
}

std::string excerpt(const value& memory, const Paint& paint) {
    const value* highlights = memory.as_object().if_contains("highlights");
    if (highlights == nullptr) return paint.dim("its text is locked; sign in on the web to read it");
    std::string text;
    for (const value& highlight : highlights->as_array()) {
        const std::string field = text_of(highlight, "field");
        if (field == "author") continue;  // it stands in front
        if (field != "content") text += paint.dim("  (" + field + ": ");
        for (const value& part : highlight.at("parts").as_array()) {
            const std::string piece = on_one_line(text_of(part, "text"));
            text += part.at("hit").as_bool() ? paint.hit(piece) : piece;
        }
        if (field != "content") text += paint.dim(")");
    }
    return text;
}

std::string joined(const value& words) {
    std::string all;
    for (const value& word : words.as_array())
        (all += all.empty() ? "" : ", ") += on_one_line(std::string(word.as_string()));
    return all;
}

void add_understanding(const value& interpreted, std::vector<std::string>& notes) {
    for (const auto& [typed, found] : interpreted.at("corrected").as_object())
        notes.push_back("No memory has '" + on_one_line(std::string(typed)) + "'; showing " + joined(found) + ".");
    for (const value& hint : interpreted.at("hints").as_array())
        notes.push_back("'" + on_one_line(text_of(hint, "text")) + "' was taken for " +
                        on_one_line(text_of(hint, "means")) + "; quotes make it plain words.");
    for (const value& dropped : interpreted.at("dropped").as_array())
        notes.push_back("Left out: " + on_one_line(text_of(dropped, "text")) + " (" + text_of(dropped, "reason") + ")");
}

constexpr std::string_view kPartOf = "semantic/";  // before the name of one of several models

}  // namespace

std::vector<std::string> degraded_notes(const value& answer, const value& health) {
    std::vector<std::string> notes;
    for (const value& one : answer.at("degraded").as_array()) {
        const std::string_view what = one.as_string();
        notes.push_back(what.starts_with(kPartOf)
                            ? "Found without the model " + std::string(what.substr(kPartOf.size())) + "."
                            : "Found by words alone: no model has told yet what is meant (engram models list).");
    }
    for (const value& dependency : health.at("dependencies").as_array()) {
        std::string note = text_of(dependency, "name");
        const std::string status = text_of(dependency, "status");
        if (note.starts_with("model ") && status != "ok") notes.push_back(std::move(note.append(": ").append(status)));
    }
    return notes;
}

std::string recall_lines(const value& answer, const Paint& paint, const base::TimeZone& zone) {
    std::string lines;
    for (const value& memory : answer.at("results").as_array()) {
        lines += paint.dim(day_of(memory, zone)) + "  ";
        if (const std::string word = level_word(memory); !word.empty()) lines += paint.bold("[" + word + "]") + " ";
        lines += speaker(memory) + excerpt(memory, paint) + "\n";
    }
    return lines;
}

std::vector<std::string> recall_notes(const value& answer, std::int64_t offset) {
    std::vector<std::string> notes;
    add_understanding(answer.at("interpreted"), notes);
    const auto shown = std::ssize(answer.at("results").as_array());
    const std::int64_t total = answer.at("total").as_int64(), last = offset + shown;
    if (total == 0)
        notes.emplace_back(
            "Nothing found. Try fewer or other words; engram recall --help says what a query may contain.");
    else if (shown == 0)
        notes.push_back("There are only " + base::grouped(static_cast<std::size_t>(total)) +
                        "; ask for a smaller --offset.");
    else if (last < total)
        notes.push_back(std::to_string(offset + 1) + " to " + std::to_string(last) + " of " + std::to_string(total) +
                        ", the best first; --offset " + std::to_string(last) + " shows more.");
    return notes;
}

std::string pending_note(const value& status) {
    const auto count = [&](const char* name) {
        return base::grouped(static_cast<std::size_t>(status.at(name).as_int64()));
    };
    if (status.at("pending").as_int64() == 0) return {};
    return count("pending") + " of " + count("memories") +
           " memories are found by their words alone so far; by meaning soon, while engram serves.";
}

}  // namespace engram::app
