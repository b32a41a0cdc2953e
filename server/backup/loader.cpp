#include "backup/loader.hpp"

#include <algorithm>

#include "backup/table_sql.hpp"
#include "base/error.hpp"

namespace engram::backup {
namespace {

constexpr std::size_t kRowsOfOneWrite = 250;

bool has_same_columns(const ports::Table& left, const ports::Table& right) {
    const auto holds = [](const ports::Table& table, const ports::Column& wanted) {
        return std::ranges::any_of(table.columns, [&](const ports::Column& column) {
            return column.name == wanted.name && column.type == wanted.type;
        });
    };
    return left.columns.size() == right.columns.size() && left.key == right.key &&
           std::ranges::all_of(left.columns, [&](const ports::Column& column) { return holds(right, column); });
}

void insert(ports::Transaction& tx, const ports::Table& table, const std::vector<Values>& rows) {
    std::vector<std::vector<ports::Param>> params;
    params.reserve(rows.size());
    for (const Values& row : rows) {
        std::vector<ports::Param>& one = params.emplace_back();
        for (const Value& value : row) one.push_back(param_of(value));
    }
    tx.run_each(insert_row(table), params, {});
}

}  // namespace

void Loader::begin(const Header& header) {
    tables_ = database_.tables();
    for (const ports::Table& wanted : header.tables) {
        const auto found = std::ranges::find(tables_, wanted.name, &ports::Table::name);
        if (found == tables_.end() || !has_same_columns(*found, wanted))
            throw base::Error(base::Code::kConflict,
                              "The table " + wanted.name + " is another one in this database than in the backup.");
    }
    database_.read({}, [&](ports::Transaction& tx) {
        const std::vector<base::Uuid> ids = persons_(tx);
        present_ = {ids.begin(), ids.end()};
    });
}

void Loader::begin(const Section& section, const ports::Table& table) {
    flush();
    table_ = &table;
    owner_ = section.owner;
    by_month_ = std::ranges::find(tables_, table.name, &ports::Table::name)->by_month;
    if (!owner_) shared_.push_back({table_, {}});
    if (owner_ && begun_.insert(*owner_).second) make_room_for(*owner_);
}

void Loader::make_room_for(const base::Uuid& person) {
    if (present_.contains(person))
        throw base::Error(base::Code::kConflict,
                          "The database has this person already: " + to_string(person) + ". Nothing was changed.");
    database_.write(person, [&](ports::Transaction& tx) {
        for (const ports::Table& table : tables_)
            if (table.is_owned()) tx.run(delete_of_owner(table), {person});
    });
}

void Loader::row(Values&& values) {
    if (!owner_) return shared_.back().rows.push_back(std::move(values));
    rows_.push_back(std::move(values));
    if (rows_.size() == kRowsOfOneWrite) flush();
}

void Loader::ensure_partitions() {
    const auto at = std::ranges::find(table_->columns, "created_at", &ports::Column::name) - table_->columns.begin();
    for (const Values& row : rows_)
        if (const auto* time = std::get_if<base::Time>(&row[static_cast<std::size_t>(at)]))
            database_.ensure_partition(table_->name, *time);
}

void Loader::flush() {
    if (rows_.empty()) return;
    if (by_month_) ensure_partitions();
    database_.write(owner_, [&](ports::Transaction& tx) { insert(tx, *table_, rows_); });
    rows_.clear();
}

// What a server that nobody has used yet put there by itself, such as jobs that repeat.
void Loader::remove_shared(ports::Transaction& tx) {
    for (auto table = tables_.rbegin(); table != tables_.rend(); ++table)
        if (!table->is_owned()) tx.run(delete_all(*table));
}

void Loader::finish() {
    flush();
    database_.write({}, [&](ports::Transaction& tx) {
        if (present_.empty()) remove_shared(tx);
        for (const Shared& shared : shared_) insert(tx, *shared.table, shared.rows);
    });
    shared_.clear();
}

}  // namespace engram::backup
