#include "backup/parser.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace engram::backup {
namespace {

class NoReader final : public Reader {
public:
    void begin(const Header&) override {}
    void begin(const Section&, const ports::Table&) override {}
    void row(Values&&) override {}
};

base::Error damaged(std::int64_t line, const std::string& why) {
    return {base::Code::kInvalid,
            "The backup is damaged: line " + std::to_string(line) + ": " + why + ". Use another backup."};
}

}  // namespace

void Parser::line(std::string_view text) {
    ++lines_;
    try {
        take(text);
    } catch (const base::Error& error) {
        if (error.code() != base::Code::kInvalid && error.code() != base::Code::kMalformed) throw;
        throw damaged(lines_, error.safe());
    }
}

void Parser::take(std::string_view text) {
    if (ended_) throw base::Error(base::Code::kInvalid, "something follows the end");
    if (!header_) {
        header_ = read_header(text);
        reader_.begin(*header_);
    } else if (text.starts_with('[')) {
        if (table_ == nullptr) throw base::Error(base::Code::kInvalid, "a row stands before its table is named");
        digester_.row(text);
        ++rows_;
        reader_.row(read_line(text, table_->columns));
    } else {
        mark(text);
    }
    sha256_.update(text);
    sha256_.update("\n");
}

void Parser::mark(std::string_view text) {
    const Mark mark = read_mark(text);
    if (const End* end = std::get_if<End>(&mark)) {
        if (end->rows != rows_ || end->sha256 != base::to_hex(sha256_.finish()))
            throw base::Error(base::Code::kInvalid, "rows or checksum are not those that were written");
        ended_ = true;
        return;
    }
    const Section& section = std::get<Section>(mark);
    const auto table = std::ranges::find(header_->tables, section.table, &ports::Table::name);
    if (table == header_->tables.end()) throw base::Error(base::Code::kInvalid, "the header names no such table");
    if (table->is_owned() != section.owner.has_value())
        throw base::Error(base::Code::kInvalid, "it is not told right whose rows follow");
    table_ = &*table;
    digester_.begin(section);
    reader_.begin(section, *table);
}

Contents Parser::finish() {
    if (!ended_) throw damaged(lines_, "it ends too early");
    return {*std::move(header_), digester_.finish()};
}

Contents check(const LineSource& source) {
    NoReader nobody;
    Parser parser(nobody);
    for (std::string line; source(line);) parser.line(line);
    return parser.finish();
}

}  // namespace engram::backup
