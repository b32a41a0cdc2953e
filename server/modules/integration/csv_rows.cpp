#include "modules/integration/csv_rows.hpp"

#include <csv.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "base/error.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

constexpr std::string_view kDelimiters = ",;\t|";
// Behind a field's most, what is beyond it is written again and again.
constexpr std::size_t kBufferBytes = kCsvFieldBytesMax + (64 << 10);

void* refuse_more(void*, std::size_t) { return nullptr; }

}  // namespace

char guess_csv_delimiter(std::string_view header) {
    std::array<std::size_t, kDelimiters.size()> counts{};
    bool quoted = false;
    for (const char c : header) {
        if (c == '"') quoted = !quoted;
        const std::size_t which = quoted ? std::string_view::npos : kDelimiters.find(c);
        if (which != std::string_view::npos) ++counts[which];
    }
    return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

// libcsv calls back in C: what is thrown there waits until it has returned.
struct CsvRows::Parser {
    explicit Parser(char delimiter) : field_buffer_(std::make_unique_for_overwrite<unsigned char[]>(kBufferBytes)) {
        if (csv_init(&csv_, 0) != 0) throw base::Error(base::Code::kInternal, "CSV cannot be read.");
        csv_set_delim(&csv_, static_cast<unsigned char>(delimiter));
        csv_set_realloc_func(&csv_, refuse_more);
        csv_.entry_buf = field_buffer_.get();
        csv_.entry_size = kBufferBytes;
    }

    // At most one row ends in `text`.
    void feed(std::string_view text) {
        while (!text.empty()) {
            const std::size_t used =
                csv_parse(&csv_, text.data(), text.size(), &Parser::end_field, &Parser::end_row, this);
            rethrow();
            text.remove_prefix(used);
            if (!text.empty()) drop_tail();
        }
    }

    // Quotes that were never closed end here.
    void finish() {
        csv_set_opts(&csv_, CSV_STRICT | CSV_STRICT_FINI);
        if (csv_fini(&csv_, &Parser::end_field, &Parser::end_row, this) != 0) {
            row.open_quote = true;
            csv_set_opts(&csv_, 0);
            csv_fini(&csv_, &Parser::end_field, &Parser::end_row, this);
        }
        rethrow();
    }

    CsvRow row;
    bool ended = false;

private:
    // The buffer is full and refuses to grow: libcsv stops before the byte that no longer fits, and goes on from here.
    // The spaces that it has counted lie in the tail, and go with it.
    void drop_tail() {
        row.cut = true;
        csv_.entry_pos = kCsvFieldBytesMax;
        csv_.spaces = 0;
    }

    void rethrow() {
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    }

    void add_field(std::string_view field) {
        const std::size_t room = std::min(kCsvFieldBytesMax, kCsvRowBytesMax - row_bytes_);
        row.cut = row.cut || field.size() > room;
        field = field.substr(0, room);
        row_bytes_ += field.size();
        if (row.columns++ < kCsvColumnsMax) row.fields.emplace_back(field);
    }

    static void end_field(void* text, std::size_t bytes, void* self) noexcept {
        auto& parser = *static_cast<Parser*>(self);
        try {
            parser.add_field({static_cast<const char*>(text), bytes});
        } catch (...) {
            parser.failure_ = std::current_exception();
        }
    }

    static void end_row(int, void* self) noexcept {
        auto& parser = *static_cast<Parser*>(self);
        parser.ended = true;
        parser.row_bytes_ = 0;
    }

    csv_parser csv_{};
    std::unique_ptr<unsigned char[]> field_buffer_;
    std::size_t row_bytes_ = 0;
    std::exception_ptr failure_;
};

CsvRows::CsvRows(std::istream& in, char delimiter) : in_(in), parser_(std::make_unique<Parser>(delimiter)) {}
CsvRows::~CsvRows() = default;

bool CsvRows::fill() {
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    rest_ = {buffer_.data(), static_cast<std::size_t>(in_.gcount())};
    if (std::exchange(first_, false)) rest_ = without_byte_order_mark(rest_);
    return !rest_.empty();
}

// The next bytes up to a line's end, which may be a CR, an LF or both.
std::string_view CsvRows::next_line_end() {
    const std::size_t end = rest_.find_first_of("\r\n");
    const std::size_t length = end == std::string_view::npos ? rest_.size() : end + 1;
    const std::string_view text = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return text;
}

bool CsvRows::next(CsvRow& row) {
    parser_->row = {};
    parser_->ended = false;
    while (!parser_->ended && !finished_) {
        if (rest_.empty() && !fill()) {
            parser_->finish();
            finished_ = true;
            break;
        }
        const std::string_view text = next_line_end();
        const bool is_second_half = text == "\n" && after_return_;
        if (parser_->row.line == 0 && text != "\n" && text != "\r") parser_->row.line = line_;
        parser_->feed(text);
        line_ += (text.ends_with('\n') && !is_second_half) || text.ends_with('\r') ? 1 : 0;
        after_return_ = text.ends_with('\r');
    }
    row = std::move(parser_->row);
    return parser_->ended;
}

}  // namespace engram::integration
