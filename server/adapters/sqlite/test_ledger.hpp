// A ledger that shows lost, doubled and half done writes; for tests only. Each entry is a row in `entries`, a row in
// `twins` and one step of `person.revision`; each writer numbers its entries from 1.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "ports/database.hpp"

namespace engram::sqlite {

constexpr std::size_t kLedgerWriters = 8;
using LastEntries = std::array<std::int64_t, kLedgerWriters>;  // by writer, 0: none

inline void migrate_ledger(ports::Database& database) {
    const ports::Migration tables{
        "ledger", 1, "0001_tables",
        "CREATE TABLE person (id bigint PRIMARY KEY, revision bigint NOT NULL);"
        "INSERT INTO person (id, revision) VALUES (1, 0);"
        // No unique keys: a write that was done twice shall be seen, not refused.
        "CREATE TABLE entries (writer bigint NOT NULL, number bigint NOT NULL, revision bigint NOT NULL);"
        "CREATE INDEX entries_revision ON entries (revision);"
        "CREATE TABLE twins (writer bigint NOT NULL, number bigint NOT NULL, words text NOT NULL);"};
    database.migrate({&tables, 1});
}

inline void append_entry(ports::Database& database, std::size_t writer, std::int64_t number) {
    const std::string words(static_cast<std::size_t>(number * 397 % 9000), 'w');  // some need overflow pages
    const auto who = static_cast<std::int64_t>(writer);
    database.write({}, [&](ports::Transaction& tx) {
        std::int64_t revision = 0;
        tx.run("INSERT INTO twins (writer, number, words) VALUES ($1, $2, $3)", {who, number, std::string_view(words)});
        tx.run("UPDATE person SET revision = revision + 1 WHERE id = 1 RETURNING revision", {},
               [&](const ports::Row& row) { revision = row.integer(0); });
        tx.run("INSERT INTO entries (writer, number, revision) VALUES ($1, $2, $3)", {who, number, revision});
    });
}

inline LastEntries last_entries(ports::Database& database) {
    LastEntries last{};
    database.read({}, [&](ports::Transaction& tx) {
        tx.run("SELECT writer, MAX(number) FROM entries GROUP BY writer", {},
               [&](const ports::Row& row) { last.at(static_cast<std::size_t>(row.integer(0))) = row.integer(1); });
    });
    return last;
}

inline std::int64_t ledger_number(ports::Transaction& tx, std::string_view sql) {
    std::int64_t number = -1;
    tx.run(sql, {}, [&](const ports::Row& row) { number = row.integer(0); });
    return number;
}

// What is wrong with the ledger, given what was acknowledged; empty where nothing is.
inline std::string faults_of_ledger(ports::Database& database, const LastEntries& acknowledged) {
    std::string faults;
    const LastEntries last = last_entries(database);
    std::int64_t expected = 0;
    for (std::size_t writer = 0; writer < kLedgerWriters; ++writer) {
        expected += last[writer];
        if (last[writer] < acknowledged[writer])
            faults += "writer " + std::to_string(writer) + " lost entries after " + std::to_string(last[writer]) +
                      " of " + std::to_string(acknowledged[writer]) + "; ";
    }
    database.read({}, [&](ports::Transaction& tx) {
        const auto expect = [&](std::string_view sql, std::int64_t wanted) {
            const std::int64_t got = ledger_number(tx, sql);
            if (got != wanted)
                ((faults += sql) += " gave " + std::to_string(got)) += ", not " + std::to_string(wanted) + "; ";
        };
        expect("SELECT COUNT(*) FROM entries", expected);
        expect("SELECT COUNT(*) FROM (SELECT DISTINCT writer, number FROM entries)", expected);
        expect("SELECT COUNT(*) FROM (SELECT DISTINCT writer, number FROM twins)", expected);
        expect("SELECT COUNT(*) FROM twins", expected);
        expect("SELECT COUNT(DISTINCT revision) FROM entries", expected);
        expect("SELECT COALESCE(MAX(revision), 0) FROM entries", expected);
        expect("SELECT revision FROM person", expected);
        tx.run("PRAGMA integrity_check", {}, [&](const ports::Row& row) {
            if (row.text(0) != "ok") faults += std::string(row.text(0)) + "; ";
        });
    });
    return faults;
}

}  // namespace engram::sqlite
