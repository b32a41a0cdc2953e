// Reads the lines of a backup, and trusts none of them.
#pragma once

#include <functional>

#include "backup/digest.hpp"
#include "backup/row.hpp"

namespace engram::backup {

// Sets the next line, without its line feed; false after the last one.
using LineSource = std::function<bool(std::string& line)>;

// Who makes use of what is read. Each may throw.
class Reader {
public:
    virtual ~Reader() = default;
    virtual void begin(const Header& header) = 0;
    virtual void begin(const Section& section, const ports::Table& table) = 0;
    virtual void row(Values&& values) = 0;
};

struct Contents {
    Header header;
    Digests digests;
};

class Parser {
public:
    explicit Parser(Reader& reader) : reader_(reader) {}

    // Throws kInvalid with the number of the line and what is wrong with it, kConflict where a newer program made it,
    // and what the reader throws.
    void line(std::string_view text);

    // After the last line. Throws kInvalid where the end is missing: the backup is torn.
    Contents finish();

private:
    void mark(std::string_view text);
    void take(std::string_view text);

    Reader& reader_;
    std::optional<Header> header_;
    const ports::Table* table_ = nullptr;
    Digester digester_;
    base::Sha256 sha256_;
    std::int64_t lines_ = 0, rows_ = 0;
    bool ended_ = false;
};

// Reads it all and makes use of nothing: is it whole? Throws as Parser, and what `source` throws.
Contents check(const LineSource& source);

}  // namespace engram::backup
