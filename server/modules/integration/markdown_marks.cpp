#include "modules/integration/markdown_marks.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "modules/integration/import_source.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/memory/memory.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kFenceMin = 3;
constexpr std::size_t kMediaMax = 100;
constexpr std::size_t kNameBytesMax = 255;
constexpr std::size_t kSpanBytesMax =
    4'096;  // of code within a line, or of an embed: what has no end is not looked for

bool is_space(char c) { return c == ' ' || c == '\t'; }

// Bytes of a character that a tag may have, at the front of `text`; 0: it may not.
std::size_t tag_character(std::string_view text) {
    const char c = text[0];
    const auto byte = static_cast<unsigned char>(c);
    const bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (byte < 0x80) return is_word || c == '_' || c == '-' || c == '/' ? 1 : 0;
    // Spaces and punctuation: U+0080 to U+00BF, U+2000 to U+206F, U+3000 to U+3020.
    const auto next = static_cast<unsigned char>(text.size() > 1 ? text[1] : 0);
    const auto last = static_cast<unsigned char>(text.size() > 2 ? text[2] : 0);
    const bool is_mark = byte == 0xC2 || (byte == 0xE2 && (next == 0x80 || (next == 0x81 && last < 0xB0))) ||
                         (byte == 0xE3 && next == 0x80 && last <= 0xA0);
    if (is_mark) return 0;
    std::size_t length = 1;
    while (length < text.size() && base::is_continuation(text[length])) ++length;
    return length;
}

std::string_view front_tag(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size()) {
        const std::size_t next = tag_character(text.substr(length));
        if (next == 0) break;
        length += next;
    }
    while (length > 0 && text[length - 1] == '/') --length;
    return text.substr(0, length);
}

void add_line_tags(std::string_view line, std::vector<std::string>& tags) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '`') {
            // Code within a line ends at as many marks as began it.
            const std::size_t end = std::min(line.find_first_not_of('`', at), line.size());
            const std::size_t close = line.substr(0, end + kSpanBytesMax).find(line.substr(at, end - at), end);
            at = close == std::string_view::npos ? end - 1 : close + (end - at) - 1;
        } else if (line[at] == '#' && (at == 0 || is_space(line[at - 1]))) {
            const std::string_view tag = front_tag(line.substr(at + 1));
            const bool is_number = tag.find_first_not_of("0123456789") == std::string_view::npos;
            if (!is_number) add_tag(tag, tags);
            at += tag.size();
        }
    }
}

std::string decode_percent(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned byte = 0;
        const char* digits = text.data() + at + 1;
        const bool is_escape =
            text[at] == '%' && at + 2 < text.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        decoded += is_escape ? static_cast<char>(byte) : text[at];
        at += is_escape ? 2 : 0;
    }
    repair_text(decoded);
    return decoded;
}

void add_media(std::string_view path, std::vector<std::string>& media) {
    const bool is_elsewhere =
        path.find("://") != std::string_view::npos || path.starts_with("data:") || path.starts_with("mailto:");
    std::string_view name = trim_marks(path);
    name.remove_prefix(name.find_last_of("/\\") + 1);
    const std::string extension = extension_of(name);
    if (is_elsewhere || extension.empty() || extension == "md" || name.size() > kNameBytesMax) return;
    if (media.size() < kMediaMax && std::ranges::find(media, name) == media.end()) media.emplace_back(name);
}

// "![[" and what follows: a name, then perhaps "#part" and "|size".
void add_wiki_embed(std::string_view inner, std::vector<std::string>& media) {
    add_media(inner.substr(0, inner.find_first_of("#|")), media);
}

// "](" and what follows: "<a b.jpg>" or "a%20b.jpg", then perhaps a title in quotes.
void add_link_embed(std::string_view inner, std::vector<std::string>& media) {
    inner = trim_marks(inner);
    const bool bracketed = inner.starts_with('<') && inner.find('>') != std::string_view::npos;
    const std::string_view target =
        bracketed ? inner.substr(1, inner.find('>') - 1) : inner.substr(0, inner.find_first_of(" \t"));
    add_media(decode_percent(target), media);
}

void add_line_media(std::string_view line, std::vector<std::string>& media) {
    for (std::size_t at = line.find("!["); at != std::string_view::npos; at = line.find("![", at + 2)) {
        const std::string_view rest = line.substr(at + 2, kSpanBytesMax);
        if (rest.starts_with('[')) {
            const std::size_t end = rest.find("]]");
            if (end != std::string_view::npos) add_wiki_embed(rest.substr(1, end - 1), media);
            continue;
        }
        const std::size_t open = rest.find("](");
        const std::size_t close = open == std::string_view::npos ? open : rest.find(')', open);
        if (close != std::string_view::npos) add_link_embed(rest.substr(open + 2, close - open - 2), media);
    }
}

// Calls `line_seen` with each line that is no code.
template <typename Seen>
void for_each_text_line(std::string_view body, Seen line_seen) {
    CodeFences fences;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view line = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (!fences.see(line)) line_seen(line);
    }
}

}  // namespace

bool CodeFences::see(std::string_view line) {
    line = base::trim(line);
    const char first = line.empty() ? '\0' : line[0];
    const std::size_t length = std::min(line.find_first_not_of(first), line.size());
    if (mark_ != '\0') {
        if (first == mark_ && length >= length_ && length == line.size()) mark_ = '\0';
        return true;
    }
    const bool begins = (first == '`' || first == '~') && length >= kFenceMin &&
                        (first == '~' || line.find('`', length) == std::string_view::npos);
    if (begins) mark_ = first;
    length_ = length;
    return begins;
}

void add_tag(std::string_view tag, std::vector<std::string>& tags) {
    tag = trim_marks(tag);
    if (tag.empty() || tags.size() >= memory::kTagsMax || base::count_code_points(tag) > memory::kTagMax) return;
    if (std::ranges::find(tags, tag) == tags.end()) tags.emplace_back(tag);
}

void add_inline_tags(std::string_view body, std::vector<std::string>& tags) {
    for_each_text_line(body, [&](std::string_view line) { add_line_tags(line, tags); });
}

std::vector<std::string> embedded_media(std::string_view body) {
    std::vector<std::string> media;
    for_each_text_line(body, [&](std::string_view line) { add_line_media(line, media); });
    return media;
}

}  // namespace engram::integration
