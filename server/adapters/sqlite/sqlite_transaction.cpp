#include "adapters/sqlite/sqlite_transaction.hpp"

#include <algorithm>
#include <cstring>

#include "adapters/sqlite/sqlite_error.hpp"

namespace engram::sqlite {
namespace {

base::Error wrong_type(std::string_view wanted, int column) {
    return {base::Code::kInternal, "The database gave a value of another type.",
            "column " + std::to_string(column) + " is not " + std::string(wanted)};
}

// A value is asked for once and then looked into: without mutexes (sqlite_connection.cpp) SQLite lets any value be used
// so (sqlite.org/c3ref/value.html), and it costs half of asking the statement for each property.
class SqliteRow final : public ports::Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    bool is_null(int column) const override { return sqlite3_value_type(value(column)) == SQLITE_NULL; }
    bool boolean(int column) const override { return integer_as("a boolean", column) != 0; }
    std::int64_t integer(int column) const override { return integer_as("an integer", column); }
    base::Time time(int column) const override {
        return base::Time(std::chrono::microseconds(integer_as("a time", column)));
    }

    double real(int column) const override {
        sqlite3_value* const found = value(column);
        const int type = sqlite3_value_type(found);
        if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) throw wrong_type("a number", column);
        return sqlite3_value_double(found);
    }

    std::string_view text(int column) const override {
        sqlite3_value* const found = value_of(SQLITE_TEXT, "text", column);
        const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(found));
        return {data, static_cast<std::size_t>(sqlite3_value_bytes(found))};
    }

    std::span<const std::uint8_t> bytes(int column) const override {
        sqlite3_value* const found = value_of(SQLITE_BLOB, "bytes", column);
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_value_blob(found));
        return {data, static_cast<std::size_t>(sqlite3_value_bytes(found))};
    }

    base::Uuid uuid(int column) const override {
        const auto data = bytes(column);
        base::Uuid id;
        if (data.size() != id.bytes.size()) throw wrong_type("a uuid", column);
        std::memcpy(id.bytes.data(), data.data(), data.size());
        return id;
    }

private:
    sqlite3_value* value(int column) const { return sqlite3_column_value(statement_, column); }

    sqlite3_value* value_of(int type, std::string_view wanted, int column) const {
        sqlite3_value* const found = value(column);
        if (sqlite3_value_type(found) != type) throw wrong_type(wanted, column);
        return found;
    }

    std::int64_t integer_as(std::string_view wanted, int column) const {
        return sqlite3_value_int64(value_of(SQLITE_INTEGER, wanted, column));
    }

    sqlite3_stmt* statement_;
};

// Binds without copying: the values outlive the run, and the statement lets go of them at its end.
struct Binder {
    sqlite3_stmt* statement;
    int slot;

    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, slot); }
    int operator()(bool value) const { return sqlite3_bind_int(statement, slot, value ? 1 : 0); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, slot, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, slot, value); }
    int operator()(std::string_view value) const {
        // A null pointer would bind NULL.
        return sqlite3_bind_text64(statement, slot, value.data() != nullptr ? value.data() : "", value.size(),
                                   SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(std::span<const std::uint8_t> value) const {
        if (value.empty()) return sqlite3_bind_zeroblob(statement, slot, 0);
        return sqlite3_bind_blob64(statement, slot, value.data(), value.size(), SQLITE_STATIC);
    }
    int operator()(const base::Uuid& value) const {
        return sqlite3_bind_blob64(statement, slot, value.bytes.data(), value.bytes.size(), SQLITE_STATIC);
    }
    int operator()(base::Time value) const {
        return sqlite3_bind_int64(statement, slot, value.time_since_epoch().count());
    }
};

void bind_all(sqlite3* db, const Statement& statement, std::span<const ports::Param> params, std::string_view sql) {
    if (params.size() != statement.slots.size())
        throw base::Error(base::Code::kInternal, "The database refused a statement.",
                          std::to_string(params.size()) + " parameters given in: " + std::string(sql));
    for (std::size_t i = 0; i < params.size(); ++i)
        check(db, std::visit(Binder{statement.handle.get(), statement.slots[i]}, params[i]), sql);
}

// Marks a statement as used and leaves it clean for the next run, whatever happens.
class InUse {
public:
    explicit InUse(Statement& statement) : statement_(statement) { statement_.in_use = true; }
    ~InUse() {
        sqlite3_reset(statement_.handle.get());
        sqlite3_clear_bindings(statement_.handle.get());
        statement_.in_use = false;
    }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;

private:
    Statement& statement_;
};

}  // namespace

std::int64_t SqliteTransaction::run(std::string_view sql, std::span<const ports::Param> params,
                                    const ports::OnRow& on_row) {
    require_intact();
    failed_ = true;  // until the statement has come to its end
    const std::shared_ptr<Statement> statement = connection_.prepare(sql);
    const InUse in_use(*statement);
    bind_all(connection_.db(), *statement, params, sql);
    const std::int64_t changed = step_all(*statement, on_row, sql);
    failed_ = false;
    return changed;
}

std::int64_t SqliteTransaction::step_all(const Statement& statement, const ports::OnRow& on_row, std::string_view sql) {
    const SqliteRow row(statement.handle.get());
    int result = sqlite3_step(statement.handle.get());
    for (; result == SQLITE_ROW; result = sqlite3_step(statement.handle.get())) {
        if (!on_row) continue;
        failed_ = false;  // the callback may run further statements
        on_row(row);
        failed_ = true;
    }
    if (result != SQLITE_DONE) throw to_error(connection_.db(), result, sql);
    return statement.read_only ? 0 : sqlite3_changes64(connection_.db());
}

void SqliteTransaction::require_intact() const {
    if (failed_)
        throw base::Error(base::Code::kInternal, "The database refused a statement.",
                          "a statement failed before in this transaction, and its error was not passed on");
}

void run_body(Connection& connection, const ports::Body& body) {
    SqliteTransaction transaction(connection);
    body(transaction);
    transaction.require_intact();
}

}  // namespace engram::sqlite
