// Rows of a CSV file in bounded memory: RFC 4180, and what programs make of it. libcsv behind a face of ours.
#pragma once

#include <array>
#include <cstddef>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace engram::integration {

inline constexpr std::size_t kCsvFieldBytesMax = 1 << 20, kCsvRowBytesMax = 2 << 20, kCsvColumnsMax = 1'000;

struct CsvRow {
    std::size_t line = 0;             // where it begins, from 1
    std::vector<std::string> fields;  // as they stand there: not yet clean UTF-8; the first kCsvColumnsMax of them
    std::size_t columns = 0;          // how many there are
    bool cut = false;                 // a field, or all of them, had more bytes than they may; the front was kept
    bool open_quote = false;          // the file ended within quotes
};

// The one of , ; tab | that the line has most often outside of quotes; a comma where it has none.
char guess_csv_delimiter(std::string_view header);

// Reads `in` from where it stands; a byte order mark is passed over, and so are blank lines. Used by one thread; `in`
// must outlive it.
class CsvRows {
public:
    CsvRows(std::istream& in, char delimiter);
    ~CsvRows();
    CsvRows(const CsvRows&) = delete;
    CsvRows& operator=(const CsvRows&) = delete;

    // False at the end.
    bool next(CsvRow& row);

private:
    struct Parser;
    bool fill();
    std::string_view next_line_end();

    std::istream& in_;
    std::unique_ptr<Parser> parser_;
    std::array<char, 1 << 14> buffer_;
    std::string_view rest_;  // of the buffer
    std::size_t line_ = 1;
    bool after_return_ = false, first_ = true, finished_ = false;
};

}  // namespace engram::integration
