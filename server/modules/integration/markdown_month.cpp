#include "modules/integration/markdown_month.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/text.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/import_times.hpp"
#include "modules/integration/memory_field.hpp"

namespace engram::integration {

namespace {

constexpr std::string_view kFences[] = {"```", "~~~"};
constexpr std::string_view kBetween = " · ";
constexpr std::string_view kPrivate = "*Private: engram shows it to you.*";
constexpr std::size_t kClockBytes = 5;  // of "08:05"
constexpr std::size_t kMemoryBytesMax = 1 << 20;
constexpr int kVersion7 = 7;

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-';
}

// What the writer escapes at the front of a line.
bool is_escaped_at_front(std::string_view text) {
    text = base::trim(text);
    if (text.empty()) return false;
    if (text.front() == '#' || text.front() == '<' || text.front() == '^') return true;
    return std::string_view("-=*_").find(text.front()) != std::string_view::npos && text.size() > 1 &&
           text.find_first_not_of(std::string{text.front(), ' '}) == std::string_view::npos;
}

// Takes the writer's backslashes out: before a mark at the front, before "%%" and before an anchor at the end.
std::string plain_line(std::string_view line) {
    std::string plain;
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    const bool front = line.substr(begin).starts_with('\\') && is_escaped_at_front(line.substr(begin + 1));
    const std::size_t caret = line.rfind(" \\^");
    const bool anchor = caret != std::string_view::npos && std::ranges::all_of(line.substr(caret + 3), is_word);
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool is_escape = line[at] == '\\' && ((front && at == begin) || (anchor && at == caret + 1) ||
                                                    (line.substr(at + 1, 1) == "%" && at + 2 < line.size() &&
                                                     (line[at + 2] == '%' || line.substr(at + 2, 2) == "\\%")));
        if (!is_escape) plain += line[at];
    }
    return plain;
}

// Takes a segment that ends at " · ", or at the end, off `rest`.
std::string_view take_segment(std::string_view& rest) {
    const std::size_t end = std::min(rest.find(kBetween), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(std::min(end + kBetween.size(), rest.size()));
    return segment;
}

// "*text*", in which " · " may stand.
bool take_emphasis(std::string_view& rest, std::string& text) {
    if (!rest.starts_with('*')) return false;
    std::size_t end = rest.find("* · ", 1);
    if (end == std::string_view::npos && rest.size() > 1 && rest.ends_with('*')) end = rest.size() - 1;
    if (end == std::string_view::npos) return false;
    text = rest.substr(1, end - 1);
    rest.remove_prefix(std::min(end + 1 + kBetween.size(), rest.size()));
    return true;
}

bool read_answered(std::string_view segment, ImportedMessage& message) {
    if (segment.starts_with("[[#^") && segment.ends_with("]]")) segment = segment.substr(4, segment.size() - 6);
    if (!base::parse_uuid(segment)) return false;
    message.reply_to = segment;
    return true;
}

// The line behind a text: "#tag #tag · pinned · *source* · *context* · of TIME · answers [[#^id]]".
bool read_about(std::string_view line, ImportedMessage& message) {
    if (line.starts_with('#')) {
        std::string_view tags = take_segment(line);
        while (!tags.empty()) {
            const std::size_t end = std::min(tags.find(' '), tags.size());
            if (end < 2 || !tags.starts_with('#')) return false;
            message.tags.emplace_back(tags.substr(1, end - 1));
            tags.remove_prefix(std::min(end + 1, tags.size()));
        }
    }
    if (line == "pinned" || line.starts_with("pinned · ")) {
        message.pinned = true;
        take_segment(line);
    }
    if (!take_emphasis(line, message.source)) return false;
    if (std::string context; take_emphasis(line, context)) message.context = context;
    if (line.starts_with("of ")) message.occurred_at = base::parse_rfc3339(take_segment(line).substr(3));
    constexpr std::string_view kAnswers = "answers ";
    return !line.starts_with(kAnswers) || read_answered(line.substr(kAnswers.size()), message);
}

// "08:05", and then nothing or a title.
bool begins_with_clock(std::string_view heading) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return heading.size() >= kClockBytes && is_digit(heading[0]) && is_digit(heading[1]) && heading[2] == ':' &&
           is_digit(heading[3]) && is_digit(heading[4]) && heading.substr(kClockBytes, 1).find_first_not_of(' ') != 0;
}

// When an id of version 7 was made.
std::optional<base::Time> time_of(const base::Uuid& id) {
    if (id.bytes[6] >> 4 != kVersion7) return std::nullopt;
    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.bytes[i];
    return base::Time(std::chrono::milliseconds(milliseconds));
}

std::string_view text_of(const FrontMatter& front, std::string_view key) {
    const auto at = std::ranges::find(front.fields, key, &FrontField::key);
    return at == front.fields.end() ? std::string_view() : at->text();
}

}  // namespace

bool is_engram_month(const FrontMatter& front) {
    const std::string_view month = text_of(front, "month");
    return !text_of(front, "class").empty() && month.size() == 7 && month[4] == '-' &&
           !text_of(front, "memories").empty();
}

MarkdownMonth::MarkdownMonth(const FrontMatter& front, const ImportOptions& options, ImportCollector& collector)
    : options_(options), collector_(collector), class_(text_of(front, "class")) {}

// The writer's own rule of what is code.
bool MarkdownMonth::is_code(std::string_view line) {
    const std::string_view inner = base::trim(line);
    const auto* mark = std::ranges::find_if(kFences, [&](std::string_view one) { return inner.starts_with(one); });
    const bool is_fence = mark != std::end(kFences) && (fence_.empty() || (*mark == fence_ && inner == fence_));
    if (is_fence) fence_ = fence_.empty() ? *mark : std::string_view();
    return is_fence || !fence_.empty();
}

void MarkdownMonth::line(const std::string& line, std::size_t number) {
    const std::string_view view = line;
    const bool code = begun_ > 0 && is_code(view);
    if (!code && view.starts_with("### ") && begins_with_clock(view.substr(4))) return begin(view.substr(4), number);
    if (!code && view.starts_with("## ")) {
        give_up();
        day_ = view.substr(3);
    } else if (!code && begun_ > 0 && view.starts_with('^') && base::parse_uuid(view.substr(1))) {
        end(line.substr(1));
    } else if (begun_ > 0) {
        bytes_ += line.size() + sizeof(Line);
        if (bytes_ <= kMemoryBytesMax) lines_.push_back({line, code});
    } else if (!base::trim(view).empty() && !view.starts_with("# ")) {
        collector_.problem(number, "The line belongs to no memory.", "Write it as a note of its own.");
    }
}

void MarkdownMonth::begin(std::string_view heading, std::size_t number) {
    give_up();
    begun_ = number;
    clock_ = heading.substr(0, kClockBytes);
    title_ = base::trim(heading.substr(kClockBytes));
}

// A memory without an anchor is none of engram's.
void MarkdownMonth::give_up() {
    if (begun_ > 0)
        collector_.problem(begun_, "The memory ends without its anchor; it was left out.",
                           "Have engram write the file anew, or keep it as a note of its own.");
    begun_ = bytes_ = 0;
    lines_.clear();
    fence_ = {};
}

// The id tells the instant where it and the clock agree, in UTC or in the zone; else the clock is the zone's.
void MarkdownMonth::set_time() {
    const auto told = parse_import_time(day_ + ' ' + clock_, {}, std::nullopt);
    if (!told) return;
    const base::LocalTime local{told->time.time_since_epoch()};
    const auto id = base::parse_uuid(message_.id.value_or(""));
    const auto made = id ? time_of(*id) : std::nullopt;
    for (const auto offset :
         {made ? options_.zone.offset_at(*made) : std::chrono::minutes(0), std::chrono::minutes(0)}) {
        if (!made || std::chrono::floor<std::chrono::minutes>(*made + offset) != told->time) continue;
        message_.created_at = *made;
        message_.utc_offset_minutes = offset.count();
        return;
    }
    last_ = local == stated_ ? last_ + std::chrono::milliseconds(1) : options_.zone.to_utc(local);
    stated_ = local;
    message_.created_at = last_;
    message_.utc_offset_minutes = options_.zone.offset_at(last_).count();
}

void MarkdownMonth::end(const std::string& id) {
    while (!lines_.empty() && base::trim(lines_.back().text).empty()) lines_.pop_back();
    const bool is_private = std::ranges::count_if(lines_, [](const Line& line) { return !line.text.empty(); }) == 1 &&
                            lines_.back().text == kPrivate;
    message_ = {};
    message_.line = begun_;
    message_.source = "markdown";
    message_.id = message_.key = id;
    message_.classification = class_;
    if (!title_.empty()) message_.title = title_;
    if (ImportedMessage about = message_; !lines_.empty() && read_about(lines_.back().text, about)) {
        message_ = std::move(about);
        lines_.pop_back();
    }
    set_time();
    for (const Line& line : lines_) (message_.content += line.is_code ? line.text : plain_line(line.text)) += '\n';
    const std::size_t number = std::exchange(begun_, 0);
    const bool is_too_large = bytes_ > kMemoryBytesMax;
    give_up();
    if (is_private) return void(++private_);
    if (is_too_large) collector_.problem(number, "The memory is longer than 1 MiB; it was cut.", "Look at its end.");
    if (!message_.created_at)
        return collector_.problem(number, "There is no such date; the memory was left out.", "Mend the heading.");
    cut_to_limits(message_);
    if (!collector_.message(std::move(message_)))
        collector_.problem(number, "The memory has no text.", "Write something into it.");
}

void MarkdownMonth::finish() {
    give_up();
    if (private_ > 0)
        collector_.problem(0, "Its private memories are not in the file: " + base::grouped(private_) + ".",
                           "Restore them from a backup.");
}

}  // namespace engram::integration
