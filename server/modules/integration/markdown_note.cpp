#include "modules/integration/markdown_note.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/integration/foreign_metadata.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/import_times.hpp"
#include "modules/integration/markdown_marks.hpp"
#include "modules/integration/memory_field.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kDateBytes = 10;  // of "2024-03-05"

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "2024-03-05 walk": the first date that stands by itself in the name.
std::optional<ImportedTime> date_in(std::string_view name, const base::TimeZone& zone) {
    for (std::size_t at = 0; at + kDateBytes <= name.size(); ++at) {
        const bool begins = at == 0 || !is_digit(name[at - 1]);
        const bool ends = at + kDateBytes == name.size() || !is_digit(name[at + kDateBytes]);
        std::string date(name.substr(at, kDateBytes));
        std::ranges::replace(date, '_', '-');
        if (!begins || !ends || !is_digit(date[3]) || !is_digit(date.back())) continue;
        if (const auto time = parse_import_time(date, zone, std::nullopt)) return time;
    }
    return std::nullopt;
}

// Takes a first line "# Heading" off `body`; empty where there is none.
std::string_view take_heading(std::string_view& body) {
    std::string_view rest = trim_marks(body);
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (!line.starts_with("# ") && !line.starts_with("#\t")) return {};
    std::string_view heading = base::trim(line.substr(1));
    const std::size_t closing = heading.find_last_not_of('#') + 1;
    if (closing == 0 || heading[closing - 1] == ' ') heading = base::trim(heading.substr(0, closing));
    if (!heading.empty()) body = rest.substr(end);
    return heading;
}

class Note {
public:
    Note(const ImportFile& file, const ImportOptions& options, ImportCollector& collector)
        : file_(file), options_(options), collector_(collector) {
        message_.line = 1;
        message_.source = "markdown";
    }

    void read(std::string_view note, const FrontMatter& front) {
        if (!front.problem.empty()) collector_.problem(1, front.problem, "Mend it between its two lines of '---'.");
        read_fields(front);
        read_body(front.body);
        set_time();
        const std::size_t folders = file_.name.rfind('/');
        if (folders != std::string::npos) message_.context = file_.name.substr(0, folders);
        message_.key = file_.name + ' ' + base::to_hex(base::hash_text(note));
        message_.metadata = metadata_.text();
        cut_to_limits(message_);
        if (!collector_.message(std::move(message_)))
            collector_.problem(1, "The note is empty.", "Delete it, or write something into it.");
    }

private:
    void read_fields(const FrontMatter& front) {
        for (const FrontField& field : front.fields) {
            const std::string key = base::to_lower_ascii(field.key);
            const MemoryField* known = find_memory_field(field.key);
            const std::string_view meant = known == nullptr ? std::string_view() : known->name;
            if (key == "aliases" || key == "alias") continue;
            if (meant == "tags") {
                read_tags(field);
                continue;
            }
            const bool is_read =
                (meant == "title" && read_title(field)) || (meant == "created_at" && read_created(field));
            if (!is_read && !field.value.is_null()) metadata_.add(field.key, field.value);
        }
    }

    // True where it is the best one so far; the value of every other goes into metadata.
    bool read_title(const FrontField& field) {
        if (trim_marks(field.text()).empty() || rank_of_name(field.key) >= title_rank_) return false;
        title_rank_ = rank_of_name(field.key);
        message_.title = trim_marks(field.text());
        return true;
    }

    bool read_created(const FrontField& field) {
        if (trim_marks(field.text()).empty()) return true;
        const auto time = parse_import_time(field.text(), options_.zone, options_.date_order);
        if (!time)
            collector_.problem(1,
                               "The front matter's '" + std::string(base::cut_code_points(field.key, 100)) +
                                   "' is no time that exists; it is in metadata.",
                               "Write it as 2026-11-23 05:51.");
        if (!time || rank_of_name(field.key) >= created_rank_) return false;
        created_rank_ = rank_of_name(field.key);
        created_ = time;
        return true;
    }

    // A list, or a text with commas or spaces between them.
    void read_tags(const FrontField& field) {
        for (const std::string& text : field.texts) {
            const bool has_commas = field.is_list || text.find(',') != std::string::npos;
            for (const std::string& tag : split_tags(text, has_commas ? "," : " ")) add_tag(tag, message_.tags);
        }
    }

    void read_body(std::string_view body) {
        message_.media = embedded_media(body);
        const std::string_view whole = body;
        if (!message_.title) {
            const std::string_view heading = take_heading(body);
            message_.title = heading.empty() ? stem_of(file_.name) : heading;
        }
        add_inline_tags(body, message_.tags);
        message_.content = trim_marks(body).empty() ? whole : body;
        std::erase(message_.content, '\r');
    }

    void set_time() {
        if (!created_) created_ = date_in(stem_of(file_.name), options_.zone);
        if (!created_ && file_.modified_at)
            created_ = ImportedTime{*file_.modified_at, options_.zone.offset_at(*file_.modified_at).count()};
        if (!created_) return;
        message_.created_at = created_->time;
        message_.utc_offset_minutes = created_->utc_offset_minutes;
    }

    const ImportFile& file_;
    const ImportOptions& options_;
    ImportCollector& collector_;
    ImportedMessage message_;
    ForeignMetadata metadata_;
    std::optional<ImportedTime> created_;
    std::size_t title_rank_ = SIZE_MAX, created_rank_ = SIZE_MAX;
};

}  // namespace

void read_note(const ImportFile& file, std::string_view note, const FrontMatter& front, const ImportOptions& options,
               ImportCollector& collector) {
    Note(file, options, collector).read(note, front);
}

}  // namespace engram::integration
