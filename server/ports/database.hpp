// The database: rows, transactions, migrations. One SQL text serves every adapter (design.md 4): plain SQL with $1, $2,
// ..., RETURNING and ON CONFLICT; no now(), date arithmetic, JSON operators, LIKE or unstated NULL order.
// Errors of the engine become base::Error: kConflict (a constraint; detail names it), kStorageFull, kUnavailable with
// retry_after (gone, or locked for too long), kInternal (everything else, the SQL in the detail).
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "ports/table.hpp"

namespace engram::ports {

// A value bound to $n. Views must outlive the call. Types map to: boolean, bigint, double precision, text, bytea, uuid,
// timestamptz (SQLite: 0/1, INTEGER, REAL, TEXT, BLOB, BLOB of 16, INTEGER microseconds since 1970).
using Param = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string_view, std::span<const std::uint8_t>,
                           base::Uuid, base::Time>;

// NULL for an absent value.
template <class T>
Param nullable(const std::optional<T>& value) {
    return value ? Param(*value) : Param(nullptr);
}
inline Param nullable(const std::optional<std::string>& value) {
    return value ? Param(std::string_view(*value)) : Param(nullptr);
}

// One row of a result, columns from 0. Views are good until the callback that got the row returns. Reading NULL, or a
// value of another type, throws kInternal.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual bool boolean(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::span<const std::uint8_t> bytes(int column) const = 0;
    virtual base::Uuid uuid(int column) const = 0;
    virtual base::Time time(int column) const = 0;
};

// Nothing for NULL.
inline std::optional<std::string> optional_text(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional<std::string>(row.text(column));
}
inline std::optional<base::Uuid> optional_uuid(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.uuid(column));
}
inline std::optional<base::Time> optional_time(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.time(column));
}

using OnRow = std::function<void(const Row&)>;

// Lives as long as the closure that got it; used by that thread only.
class Transaction {
public:
    virtual ~Transaction() = default;

    // Runs one statement and calls `on_row` for each row of its result; returns how many rows it changed. Every one of
    // `params` stands in `sql`. A statement that fails ends the transaction, also where its error is caught.
    // `sql` must be a text that lives as long as the program: prepared statements are kept by it.
    virtual std::int64_t run(std::string_view sql, std::span<const Param> params, const OnRow& on_row) = 0;

    std::int64_t run(std::string_view sql, std::initializer_list<Param> params = {}, const OnRow& on_row = {}) {
        return run(sql, std::span<const Param>(params.begin(), params.size()), on_row);
    }

    // As run(), once for each of `params`: an adapter may send them together. Rows come in the order of `params`.
    virtual void run_each(std::string_view sql, std::span<const std::vector<Param>> params, const OnRow& on_row) {
        for (const std::vector<Param>& one : params) run(sql, one, on_row);
    }

    // As run(), where nobody waits for the result: an adapter may send it together with what comes next. Its error may
    // then show in a later statement or at the end.
    virtual void send(std::string_view sql, std::span<const Param> params) { run(sql, params, {}); }

    void send(std::string_view sql, std::initializer_list<Param> params) {
        send(sql, std::span<const Param>(params.begin(), params.size()));
    }

    // From here on a read sees that person's rows, on the same snapshot: for what copies whole databases, and nothing
    // else. An engine without row-level security does nothing.
    virtual void see_rows_of(const base::Uuid& owner) { (void)owner; }
};

// One step of a module's schema; `number` counts up from 1 within the module.
struct Migration {
    std::string module;  // "memory"
    int number = 0;
    std::string name;               // "0001_memories"
    std::string sql;                // several statements, run in one transaction
    std::string postgres_sql = {};  // in its place where PostgreSQL's text must differ
};

// A step that was run.
struct AppliedStep {
    std::string module;
    int number = 0;
    bool operator==(const AppliedStep&) const = default;
};

// Whose rows a transaction may see (row-level security); nothing: only tables that are nobody's own.
using Owner = std::optional<base::Uuid>;

using Body = std::function<void(Transaction&)>;

class Database {
public:
    virtual ~Database() = default;

    // Runs `body` on one consistent snapshot, read only. Any thread but one that is inside a `body`, which throws
    // kInternal; waits for a free connection.
    virtual void read(const Owner& owner, const Body& body) = 0;

    // Runs `body` in a transaction and returns when it is durable: after that a power cut loses nothing of it. Writers
    // share commits. `body` holds SQL only, may be run more than once, and on another thread than the caller's; what it
    // throws undoes its own work alone and is thrown here. Any thread but one that is inside a `body`, which throws
    // kInternal.
    virtual void write(const Owner& owner, const Body& body) = 0;

    // Brings the schema up to the given steps, each in a transaction of its own. Throws kConflict where an applied
    // step's text has changed, or the database has steps of a newer program. Once, before anything else.
    virtual void migrate(std::span<const Migration> migrations) = 0;

    // The steps that were run, by module and number; none in a new database. Any thread.
    virtual std::vector<AppliedStep> applied_steps() = 0;

    // The tables that the steps have made, each after those that it refers to. Any thread, outside of a `body`.
    virtual std::vector<Table> tables() = 0;

    // Makes the partition of `table`, which is kept by month of created_at, that a row of `at` goes to; costs nothing
    // where it is known to exist. An engine without partitions does nothing. Any thread, outside of a `body`.
    virtual void ensure_partition(std::string_view table, base::Time at) { (void)table, (void)at; }
};

}  // namespace engram::ports
