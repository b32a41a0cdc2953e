#include "backup/dump.hpp"

#include <algorithm>

#include "backup/row.hpp"
#include "backup/table_sql.hpp"

namespace engram::backup {
namespace {

// Writes lines and counts what they come to.
class Writer {
public:
    explicit Writer(const LineSink& sink) : sink_(sink) {}

    void header(const Header& header) { line(text_of(header)); }
    void begin(const Section& section) { next_ = section; }

    void row(const Values& values) {
        if (next_) {
            digester_.begin(*next_);
            line(text_of(*next_));
            next_.reset();
        }
        text_.clear();
        append_line(text_, values);
        digester_.row(text_);
        line(text_);
        ++rows_;
    }

    Digests finish() {
        sink_(text_of(End{rows_, base::to_hex(sha256_.finish())}));
        return digester_.finish();
    }

private:
    void line(std::string_view text) {
        sha256_.update(text);
        sha256_.update("\n");
        sink_(text);
    }

    const LineSink& sink_;
    std::optional<Section> next_;  // written with its first row
    std::string text_;
    Digester digester_;
    base::Sha256 sha256_;
    std::int64_t rows_ = 0;
};

// Which rows, and by what.
struct Part {
    Rows rows = Rows::kAll;
    std::optional<base::Uuid> id;
};

void dump_table(ports::Transaction& tx, const ports::Table& table, const Part& part, Writer& writer) {
    const std::vector<std::size_t> key = page_key(table, part.rows);
    Values last;
    for (int read = kPageRows; read == kPageRows;) {
        std::vector<ports::Param> params;
        if (part.id) params.emplace_back(*part.id);
        for (const Value& value : last) params.push_back(param_of(value));
        read = 0;
        Values after;
        tx.run(select_page(table, part.rows, !last.empty()), params, [&](const ports::Row& row) {
            Values values = values_of(row, table.columns);
            writer.row(values);
            after.clear();
            for (const std::size_t place : key) after.push_back(std::move(values[place]));
            ++read;
        });
        last = std::move(after);
        if (key.empty()) return;
    }
}

bool has_column(const ports::Table& table, std::string_view name) {
    return std::ranges::any_of(table.columns, [&](const ports::Column& column) { return column.name == name; });
}

// Of a table that is nobody's own: all of it, or what belongs to the one person.
std::optional<Part> shared_part(const ports::Table& table, const DumpOptions& options) {
    if (!options.person) return Part{};
    if (table.name == options.persons_table) return Part{Rows::kOfId, options.person};
    if (has_column(table, "user_id")) return Part{Rows::kOfOwner, options.person};
    return std::nullopt;
}

void dump_all(ports::Transaction& tx, const std::vector<ports::Table>& tables, const DumpOptions& options,
              Writer& writer) {
    const std::vector<base::Uuid> persons = options.person ? std::vector{*options.person} : options.persons(tx);
    for (const base::Uuid& person : persons) {
        tx.see_rows_of(person);
        for (const ports::Table& table : tables) {
            if (!table.is_owned()) continue;
            writer.begin({table.name, person});
            dump_table(tx, table, {Rows::kOfOwner, person}, writer);
        }
    }
    for (const ports::Table& table : tables) {
        const auto part = table.is_owned() ? std::nullopt : shared_part(table, options);
        if (!part) continue;
        writer.begin({table.name, std::nullopt});
        dump_table(tx, table, *part, writer);
    }
}

}  // namespace

Digests dump(ports::Database& database, const DumpOptions& options, const LineSink& sink) {
    const std::vector<ports::Table> tables = database.tables();
    const Header header{
        .made_by = options.made_by, .made_at = options.made_at, .schema = database.applied_steps(), .tables = tables};
    Writer writer(sink);
    writer.header(header);
    database.read({}, [&](ports::Transaction& tx) { dump_all(tx, tables, options, writer); });
    return writer.finish();
}

}  // namespace engram::backup
