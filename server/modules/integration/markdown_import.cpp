#include <array>

#include "base/text.hpp"
#include "modules/integration/import_format.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/line_reader.hpp"
#include "modules/integration/markdown_month.hpp"
#include "modules/integration/markdown_note.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kNoteBytesMax = 1 << 20;

// The front of the file, clean; what is longer is cut at the front of a character.
std::string read_text(const ImportFile& file, bool& is_cut) {
    std::string text;
    std::array<char, 1 << 14> block{};
    const auto in = file.open();
    while (*in && text.size() <= kNoteBytesMax) {
        in->read(block.data(), block.size());
        text.append(block.data(), static_cast<std::size_t>(in->gcount()));
    }
    is_cut = text.size() > kNoteBytesMax;
    if (is_cut) {
        std::size_t end = kNoteBytesMax;
        while (end > kNoteBytesMax - 4 && base::is_continuation(text[end])) --end;
        text.resize(end);
    }
    text.erase(0, text.size() - without_byte_order_mark(text).size());
    return text;
}

// Line by line: a month may be longer than a note.
void read_month(const ImportFile& file, const FrontMatter& front, const ImportOptions& options,
                ImportCollector& collector) {
    MarkdownMonth month(front, options, collector);
    const auto in = file.open();
    LineReader lines(*in);
    int rules = 0;
    for (std::string line; lines.next(line);) {
        collector.clean(line, lines.number(), lines.cut());
        if (rules < 2)
            rules += base::trim(line) == "---" || base::trim(line) == "..." ? 1 : 0;
        else
            month.line(line, lines.number());
    }
    month.finish();
}

bool fits(const ImportFile& file, std::string_view) {
    const std::string extension = extension_of(file.name);
    return extension == "md" || extension == "markdown";
}

void read(const ImportFile& file, const ImportOptions& options, ImportCollector& collector) {
    bool is_cut = false;
    std::string text = read_text(file, is_cut);
    if (is_utf16(text)) return collector.problem(1, "This is UTF-16; it was left out.", "Save it as UTF-8.");
    const bool is_unclean = repair_text(text);
    const FrontMatter front = read_front_matter(text);
    if (is_engram_month(front)) return read_month(file, front, options, collector);
    if (is_cut)
        collector.problem(1, "The note is longer than 1 MiB; the rest of it was left out.", "Break it into several.");
    if (is_unclean)
        collector.problem(1, "The note is not clean UTF-8; what cannot be read was replaced.", "Save it as UTF-8.");
    read_note(file, text, front, options, collector);
}

}  // namespace

const ImportFormat kMarkdownFormat{"markdown", "Markdown notes (.md), as those of Obsidian", fits, read};

}  // namespace engram::integration
