#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>
#include <sstream>

#include "base/text.hpp"
#include "modules/integration/csv_rows.hpp"
#include "modules/integration/import_format.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/import_times.hpp"
#include "modules/integration/memory_object.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;

constexpr std::size_t kFilesColumnsMin = 2;  // of a file whose name does not say what it is

std::string cell_text(std::string text) {
    repair_text(text);
    std::erase(text, '\r');
    return text;
}

std::string_view first_line(std::string_view front) {
    front = without_byte_order_mark(front);
    front = front.substr(std::min(front.find_first_not_of("\r\n"), front.size()));
    return front.substr(0, front.find_first_of("\r\n"));
}

// The columns of a table, by the names that its first row gives them.
class Columns {
public:
    explicit Columns(const CsvRow& header) {
        for (const std::string& field : header.fields) {
            std::string name(trim_marks(cell_text(field)));
            if (name.empty() || std::ranges::find(names_, name) != names_.end())
                name = "column " + std::to_string(names_.size() + 1);
            names_.push_back(std::move(name));
        }
    }

    std::size_t size() const { return names_.size(); }

    bool has_content() const { return find("content") < size(); }

    // The best column for a field; size() where there is none.
    std::size_t find(std::string_view field) const {
        std::size_t best = size();
        for (std::size_t i = 0; i < size(); ++i) {
            const MemoryField* known = find_memory_field(names_[i]);
            if (known == nullptr || known->name != field) continue;
            if (best == size() || rank_of_name(names_[i]) < rank_of_name(names_[best])) best = i;
        }
        return best;
    }

    // The row as an object of JSON; an empty cell is absent.
    json::object object(const CsvRow& row) const {
        json::object object;
        for (std::size_t i = 0; i < std::min(size(), row.fields.size()); ++i) {
            const std::string text = cell_text(row.fields[i]);
            if (!trim_marks(text).empty()) object.emplace(names_[i], cell_value(names_[i], text));
        }
        return object;
    }

    std::string listed() const {
        std::string list;
        for (const std::string& name : names_) (list += list.empty() ? "" : ", ") += base::cut_code_points(name, 40);
        return std::string(base::cut_code_points(list, 400));
    }

private:
    // A table has texts alone: what a field wants otherwise is made of them.
    static json::value cell_value(std::string_view name, const std::string& text) {
        const MemoryField* field = find_memory_field(name);
        if (field == nullptr) return json::string(text);
        const std::string plain = base::to_lower_ascii(trim_marks(text));
        if (field->name == "pinned" && (plain == "true" || plain == "yes" || plain == "1")) return true;
        if (field->name == "pinned" && (plain == "false" || plain == "no" || plain == "0")) return false;
        if (field->name == "tags") return tags_value(text);
        if (field->name == "utc_offset_minutes") {
            std::int64_t number = 0;
            const auto result = std::from_chars(plain.data(), plain.data() + plain.size(), number);
            if (result.ec == std::errc() && result.ptr == plain.data() + plain.size()) return number;
        }
        return json::string(text);
    }

    static json::value tags_value(const std::string& text) {
        json::array tags;
        for (const std::string& tag : split_tags(text, ",;|")) tags.emplace_back(tag);
        return tags;
    }

    std::vector<std::string> names_;
};

// What only the whole table tells.
WrittenOrderGuess survey(CsvRows& rows, const Columns& columns) {
    WrittenOrderGuess guess;
    const std::size_t created = columns.find("created_at");
    const std::size_t column = created < columns.size() ? created : columns.find("occurred_at");
    for (CsvRow row; rows.next(row);) {
        if (column >= row.fields.size()) continue;
        if (const auto time = parse_written_time(cell_text(row.fields[column]))) guess.see(*time);
    }
    return guess;
}

void set_date_order(const WrittenOrderGuess& guess, ImportOptions& options, ImportCollector& collector) {
    if (!guess.any()) return;
    const bool certain = options.date_order.has_value() || guess.certain();
    options.date_order = options.date_order.value_or(guess.order());
    collector.date_order(*options.date_order, certain);
}

void tell_row(const CsvRow& row, const Columns& columns, ImportCollector& collector) {
    if (row.cut)
        collector.problem(row.line, "A field is longer than 1 MiB; the rest of it was left out.",
                          "Break it into several, and look for a quote that is not closed.");
    if (row.open_quote)
        collector.problem(row.line, "The file ends within quotes.", "Close the quote, or export the file again.");
    if (row.columns != columns.size())
        collector.problem(row.line,
                          "The row has " + base::counted(row.columns, "column") + ", the first one " +
                              base::grouped(columns.size()) + ".",
                          "Put quotes around a field that holds the delimiter.");
    const auto is_unclean = [](std::string text) { return repair_text(text); };
    if (std::ranges::any_of(row.fields, is_unclean))
        collector.problem(row.line, "The row is not clean UTF-8; what cannot be read was replaced.",
                          "Save the file as UTF-8.");
}

bool fits(const ImportFile& file, std::string_view front) {
    const std::string extension = extension_of(file.name);
    if (extension == "csv" || extension == "tsv") return true;
    const std::string_view line = first_line(front);
    std::istringstream in{std::string(line)};
    CsvRows rows(in, guess_csv_delimiter(line));
    CsvRow header;
    return rows.next(header) && header.columns >= kFilesColumnsMin && Columns(header).has_content();
}

void read(const ImportFile& file, const ImportOptions& given, ImportCollector& collector) {
    const std::string front = read_front(file);
    if (is_utf16(front)) return collector.problem(1, "This is UTF-16; it was left out.", "Save it as UTF-8.");
    const char delimiter = guess_csv_delimiter(first_line(front));
    ImportOptions options = given;
    CsvRow row;
    {
        const auto in = file.open();
        CsvRows rows(*in, delimiter);
        if (!rows.next(row)) return collector.problem(1, "The file is empty.", "Export it again.");
        const Columns columns(row);
        if (!columns.has_content())
            return collector.problem(row.line, "No column has the text; there are: " + columns.listed() + ".",
                                     "Name one of them 'content' in the first line.");
        set_date_order(survey(rows, columns), options, collector);
    }
    const auto in = file.open();
    CsvRows rows(*in, delimiter);
    rows.next(row);
    const Columns columns(row);
    MemoryObjects objects(ForeignFields::kKeep, options, collector);
    while (rows.next(row)) {
        const json::object object = columns.object(row);
        if (object.empty()) continue;  // a line of delimiters, as spreadsheets leave them behind
        tell_row(row, columns, collector);
        objects.read(object, row.line);
    }
}

}  // namespace

const ImportFormat kCsvFormat{"csv", "CSV (.csv, .tsv; the first line names the columns)", fits, read};

}  // namespace engram::integration
